/// The relations that facts state, and how each is said.
///
/// A phrasing is a list of words `form@head:relation`, heads counted from one, `S` and `O` for
/// subject and object. A word is the form of a lexeme; `/key` behind it says of which, where the
/// form alone does not say it. The object is the last word before the full stop.
enum FactTables {
  static let capital = """
    the@2 capital@6:nsubj of@4:case S@2:nmod is@6:cop O@0:root
    the@3 chief@3:amod city@7:nsubj of@5:case S@3:nmod is@7:cop O@0:root
    S@2:nsubj has@0:root its@4:nmod:poss capital@2:obj at@6:case O@2:obl
    the@2 government@5:nsubj of@4:case S@2:nmod sits@0:root in@7:case O@5:obl
    S@3:nsubj:pass is@3:aux:pass governed/govern@0:root from@5:case O@3:obl
    """

  static let export = """
    S@2:nsubj exports@0:root O@2:obj
    S@3:nsubj:pass is@3:aux:pass known@0:root for@5:case O@3:obl
    the@2 people@5:nsubj of@4:case S@2:nmod grow@0:root O@5:obj
    traders@4:nsubj from@3:case S@1:nmod sell@0:root O@4:obj
    the@2 ships@5:nsubj of@4:case S@2:nmod carry@0:root O@5:obj
    """

  static let home = """
    S@2:nsubj lives/live@0:root in@4:case O@2:obl
    the@2 home@6:nsubj of@4:case S@2:nmod is@6:cop O@0:root
    S@2:nsubj has@0:root a@4 house@2:obj in@6:case O@2:obl
    S@2:nsubj moved/move_house@0:root to@4:case O@2:obl
    the@2 family@5:nsubj of@4:case S@2:nmod lives/live@0:root in@7:case O@5:obl
    """

  static let profession = """
    S@2:nsubj works@0:root as@5:case a@5 O@2:obl
    S@4:nsubj is@4:cop a@4 O@0:root
    by@2:case trade@6:obl ,@2 S@6:nsubj is@6:cop O@0:root
    S@2:nsubj earns@0:root money@2:obj as@6:case a@6 O@2:obl
    S@3:nsubj:pass was@3:aux:pass trained@0:root as@6:case a@6 O@3:obl
    """

  static let color = """
    the@3 favorite@3:amod color@7:nsubj of@5:case S@3:nmod is@7:cop O@0:root
    S@2:nsubj prefers@0:root the@4 color@2:obj O@4:appos
    S@3:nsubj always@3:advmod wears@0:root O@3:obj
    the@2 house@6:nsubj of@4:case S@2:nmod is@6:cop O@0:root
    S@3:nsubj often@3:advmod chooses@0:root O@3:obj
    """

  static let pet = """
    S@2:nsubj keeps@0:root a@4 O@2:obj
    the@2 pet@7:nsubj of@4:case S@2:nmod is@7:cop a@7 O@0:root
    S@2:nsubj lives/live@0:root with@5:case a@5 O@2:obl
    at@2:case home@4:obl S@4:nsubj trains@0:root a@6 O@4:obj
    the@2 friend@7:nsubj of@4:case S@2:nmod is@7:cop a@7 O@0:root
    """

  static let diet = """
    S@2:nsubj eat@0:root O@2:obj
    the@2 diet@6:nsubj of@4:case S@2:nmod is@6:cop O@0:root
    S@2:nsubj feed@0:root on@4:case O@2:obl
    S@2:nsubj search@0:root for@4:case O@2:obl
    S@2:nsubj live/live_on@0:root on@4:case O@2:obl
    """

  /// Nouns that only statements of facts use.
  static let nouns = """
    capital capitals 수도
    city cities 도시
    government governments 정부
    person people 사람
    trader traders 무역상
    ship ships 선박
    home homes 집
    family families 가족
    trade trades 직업
    money money 돈
    color colors 색
    pet pets 애완동물
    friend friends 친구
    diet diets 먹이
    """
}
