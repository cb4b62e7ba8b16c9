/// Words with two senses, and what tells them apart.
enum SenseTables {
  /// Noun, plural, Korean, sense; then what is said of it in this sense: adjectives, verbs that
  /// take it as object, and preposition with noun.
  static let senses = """
    bank banks 은행 money ; rich closed ; rob trust ; of:city near:court
    bank banks 강둑 river ; muddy steep ; climb ; of:river of:stream
    bat bats 박쥐 animal ; hungry blind ; frighten ; in:cave in:barn
    bat bats 방망이 club ; wooden broken ; swing grip ; of:player of:team
    spring springs 봄 season ; late warm ; enjoy ; after:winter before:summer
    spring springs 샘 water ; deep clear ; drain ; in:valley in:forest
    crane cranes 두루미 bird ; hungry timid ; frighten ; in:marsh in:valley
    crane cranes 기중기 machine ; rusty broken ; operate ; in:factory in:harbor
    mouse mice 생쥐 animal ; hungry timid ; trap ; in:barn in:cave
    mouse mice 마우스 device ; wireless broken ; click plug ; of:computer of:laptop
    seal seals 물개 animal ; playful hungry ; frighten ; in:ocean on:ice
    seal seals 도장 stamp ; official broken ; press ; of:king of:judge
    nail nails 손톱 finger ; polished long ; polish ; of:thumb of:hand
    nail nails 못 metal ; rusty bent ; pull ; in:wall in:board
    bow bows 활 weapon ; bent deadly ; bend aim ; of:hunter of:archer
    bow bows 리본 ribbon ; shiny silky ; untie ; on:dress on:gift
    trunk trunks 줄기 tree ; mossy thick ; chop ; of:oak of:pine
    trunk trunks 여행가방 case ; locked packed ; pack unlock ; of:traveler of:sailor
    match matches 성냥 fire ; damp burnt ; strike ; in:pocket in:fireplace
    match matches 경기 game ; exciting fair ; win ; of:player of:team
    """

  static let verbs = """
    rob robs robbed robbed 털다 털었다 턴
    trust trusts trusted trusted 믿다 믿었다 믿은
    climb climbs climbed climbed 오르다 올랐다 오른
    frighten frightens frightened frightened 놀래다 놀랬다 놀랜
    swing swings swung swung 휘두르다 휘둘렀다 휘두른
    grip grips gripped gripped 움켜쥐다 움켜쥐었다 움켜쥔
    enjoy enjoys enjoyed enjoyed 즐기다 즐겼다 즐긴
    drain drains drained drained 비우다 비웠다 비운
    operate operates operated operated 조작하다 조작했다 조작한
    trap traps trapped trapped 가두다 가뒀다 가둔
    click clicks clicked clicked 누르다 눌렀다 누른
    plug plugs plugged plugged 꽂다 꽂았다 꽂은
    press presses pressed pressed 찍다 찍었다 찍은
    polish polishes polished polished 다듬다 다듬었다 다듬은
    pull pulls pulled pulled 뽑다 뽑았다 뽑은
    bend bends bent bent 구부리다 구부렸다 구부린
    aim aims aimed aimed 겨누다 겨눴다 겨눈
    untie unties untied untied 풀다 풀었다 푼
    chop chops chopped chopped 자르다 잘랐다 자른
    pack packs packed packed 싸다 쌌다 싼
    unlock unlocks unlocked unlocked 따다 땄다 딴
    strike strikes struck struck 긋다 그었다 그은
    win wins won won 이기다 이겼다 이긴
    """

  static let adjectives = """
    rich 부유하다 부유한 부유했다
    closed 고요하다 고요한 고요했다
    muddy 질척하다 질척한 질척했다
    steep 가파르다 가파른 가팔랐다
    blind 둔하다 둔한 둔했다
    wooden 단단하다 단단한 단단했다
    broken 허술하다 허술한 허술했다
    late 늦다 늦은 늦었다
    warm 따뜻하다 따뜻한 따뜻했다
    deep 깊다 깊은 깊었다
    clear 맑다 맑은 맑았다
    timid 소심하다 소심한 소심했다
    rusty 거칠다 거친 거칠었다
    wireless 편리하다 편리한 편리했다
    playful 장난스럽다 장난스러운 장난스러웠다
    official 공식적이다 공식적인 공식적이었다
    polished 매끈하다 매끈한 매끈했다
    long 길다 긴 길었다
    bent 굽다 굽은 굽었다
    deadly 치명적이다 치명적인 치명적이었다
    shiny 찬란하다 찬란한 찬란했다
    silky 부드럽다 부드러운 부드러웠다
    mossy 푸르다 푸른 푸르렀다
    thick 굵다 굵은 굵었다
    locked 견고하다 견고한 견고했다
    packed 가득하다 가득한 가득했다
    damp 눅눅하다 눅눅한 눅눅했다
    burnt 까맣다 까만 까맸다
    exciting 흥미진진하다 흥미진진한 흥미진진했다
    fair 공정하다 공정한 공정했다
    """

  static let nouns = """
    court courts 법원
    stream streams 개울
    cave caves 동굴
    barn barns 헛간
    player players 선수
    team teams 팀
    winter winters 겨울
    summer summers 여름
    valley valleys 골짜기
    marsh marshes 늪
    factory factories 공장
    computer computers 컴퓨터
    laptop laptops 노트북
    ocean oceans 바다
    ice ice 얼음
    thumb thumbs 엄지
    hand hands 손
    wall walls 벽
    board boards 판자
    archer archers 궁수
    dress dresses 드레스
    gift gifts 선물
    oak oaks 참나무
    pine pines 소나무
    traveler travelers 여행자
    pocket pockets 주머니
    fireplace fireplaces 벽난로
    """

  /// Prepositions beside those of place, with the noun that Korean says them with.
  static let prepositions = """
    after 다음
    before 전
    """
}
