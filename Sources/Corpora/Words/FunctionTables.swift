/// Adverbs and prepositions with their Korean.
enum FunctionTables {
  /// Adverbs of frequency, before the verb.
  static let frequency = """
    often 자주
    always 항상
    sometimes 가끔
    usually 보통
    rarely 드물게
    """

  /// Adverbs of manner, behind an intransitive verb.
  static let manner = """
    quietly 조용히
    slowly 천천히
    quickly 빨리
    happily 행복하게
    badly 서투르게
    alone 혼자
    """

  /// Adverbs of time that stand before a clause in the present.
  static let presentTime = """
    today 오늘
    now 지금
    nowadays 요즘
    """

  /// Adverbs of time that stand before a clause in the past.
  static let pastTime = """
    yesterday 어제
    once 한때
    recently 최근에
    """

  /// Adverbs behind a form of *be*.
  static let state = """
    still 여전히
    very 매우
    already 이미
    """

  /// Prepositions of place with the noun that Korean says them with.
  static let placing = """
    near 근처
    behind 뒤
    in 안
    beside 옆
    under 아래
    outside 바깥
    """
}
