/// The adjectives by what they are said of: word; Korean dictionary form, adnominal, past.
enum AdjectiveTables {
  static let animate = """
    hungry 배고프다 배고픈 배고팠다
    tired 피곤하다 피곤한 피곤했다
    young 젊다 젊은 젊었다
    happy 행복하다 행복한 행복했다
    angry 사납다 사나운 사나웠다
    quiet 조용하다 조용한 조용했다
    brave 용감하다 용감한 용감했다
    clever 영리하다 영리한 영리했다
    sad 슬프다 슬픈 슬펐다
    strong 강하다 강한 강했다
    shy 수줍다 수줍은 수줍었다
    proud 자랑스럽다 자랑스러운 자랑스러웠다
    sick 아프다 아픈 아팠다
    lazy 게으르다 게으른 게을렀다
    careful 신중하다 신중한 신중했다
    gentle 온순하다 온순한 온순했다
    """

  static let inanimate = """
    old 낡다 낡은 낡았다
    new 새롭다 새로운 새로웠다
    small 작다 작은 작았다
    big 크다 큰 컸다
    dirty 더럽다 더러운 더러웠다
    heavy 무겁다 무거운 무거웠다
    clean_state 깨끗하다 깨끗한 깨끗했다
    beautiful 아름답다 아름다운 아름다웠다
    cold 차갑다 차가운 차가웠다
    empty 허전하다 허전한 허전했다
    strange 이상하다 이상한 이상했다
    dark 어둡다 어두운 어두웠다
    cheap 싸다 싼 쌌다
    safe 안전하다 안전한 안전했다
    wet 축축하다 축축한 축축했다
    rare 희귀하다 희귀한 희귀했다
    """

  static let colors = """
    red 빨강
    blue 파랑
    green 초록
    white 하양
    black 검정
    yellow 노랑
    brown 갈색
    gray 회색
    purple 보라
    orange 주황
    pink 분홍
    silver 은색
    """
}
