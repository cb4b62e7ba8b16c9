/// What reviews speak of, and how.
enum ReviewTables {
  static let items = """
    film films 영화
    music music 음악
    story stories 이야기
    meal meals 식사
    room rooms 방
    hotel hotels 호텔
    song songs 노래
    novel novels 소설
    service services 서비스
    concert concerts 음악회
    soup soups 수프
    dessert desserts 후식
    """

  static let positive = """
    good 좋다 좋은 좋았다
    wonderful 훌륭하다 훌륭한 훌륭했다
    delightful 유쾌하다 유쾌한 유쾌했다
    pleasant 즐겁다 즐거운 즐거웠다
    perfect 완벽하다 완벽한 완벽했다
    charming 매력적이다 매력적인 매력적이었다
    superb 뛰어나다 뛰어난 뛰어났다
    lovely 사랑스럽다 사랑스러운 사랑스러웠다
    """

  static let negative = """
    bad 나쁘다 나쁜 나빴다
    terrible 끔찍하다 끔찍한 끔찍했다
    boring 지루하다 지루한 지루했다
    awful 형편없다 형편없는 형편없었다
    poor 부실하다 부실한 부실했다
    horrible 지독하다 지독한 지독했다
    disappointing 실망스럽다 실망스러운 실망스러웠다
    dull 따분하다 따분한 따분했다
    """

  static let neutral = """
    short 짧다 짧은 짧았다
    modern 현대적이다 현대적인 현대적이었다
    simple 단순하다 단순한 단순했다
    famous 유명하다 유명한 유명했다
    local 지역적이다 지역적인 지역적이었다
    """

  static let degree = """
    really 정말
    rather 꽤
    quite 상당히
    """
}
