/// Numbers, classes of things that are counted, and comparisons.
enum NumberTables {
  static let numerals = """
    one 하나
    two 둘
    three 셋
    four 넷
    five 다섯
    six 여섯
    seven 일곱
    eight 여덟
    nine 아홉
    ten 열
    """

  static let classes = """
    animal animals 동물
    thing things 물건
    vehicle vehicles 탈것
    """

  /// Comparatives in pairs of opposites: word, lemma, Korean dictionary form.
  static let comparatives = """
    bigger big 크다 smaller small 작다
    heavier heavy 무겁다 lighter light 가볍다
    taller tall 키가크다 shorter short 키가작다
    older old 나이많다 younger young 나이어리다
    richer rich 부유하다 poorer poor 가난하다
    faster fast 빠르다 slower slow 느리다
    """

  /// Animals from small to big, for comparisons.
  static let bySize = "bee frog squirrel crow rabbit cat fox goat pig lion horse camel elephant"
}
