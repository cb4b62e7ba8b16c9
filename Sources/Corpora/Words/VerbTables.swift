/// The verbs: base, third person, past, participle; Korean dictionary form, past, past adnominal.
///
/// Base and past differ for each, so that a form tells the tense. The most frequent come first.
enum VerbTables {
  /// Verbs of animate subjects that take any object; relative clauses are made of them.
  static let general = """
    see sees saw seen 보다 봤다 본
    like likes liked liked 좋아하다 좋아했다 좋아한
    find finds found found 찾다 찾았다 찾은
    follow follows followed followed 따라가다 따라갔다 따라간
    watch watches watched watched 지켜보다 지켜봤다 지켜본
    need needs needed needed 필요로하다 필요로했다 필요로한
    love loves loved loved 사랑하다 사랑했다 사랑한
    touch touches touched touched 만지다 만졌다 만진
    miss misses missed missed 그리워하다 그리워했다 그리워한
    remember remembers remembered remembered 기억하다 기억했다 기억한
    """

  /// What people do with things.
  static let handling = """
    take takes took taken 가져가다 가져갔다 가져간
    buy buys bought bought 사다 샀다 산
    carry carries carried carried 나르다 날랐다 나른
    open opens opened opened 열다 열었다 연
    break breaks broke broken 부수다 부쉈다 부순
    sell sells sold sold 팔다 팔았다 판
    hide hides hid hidden 숨기다 숨겼다 숨긴
    lose loses lost lost 잃다 잃었다 잃은
    clean cleans cleaned cleaned 닦다 닦았다 닦은
    draw draws drew drawn 그리다 그렸다 그린
    repair repairs repaired repaired 고치다 고쳤다 고친
    throw throws threw thrown 던지다 던졌다 던진
    """

  /// What people and animals do with food.
  static let eating = """
    eat eats ate eaten 먹다 먹었다 먹은
    taste tastes tasted tasted 맛보다 맛봤다 맛본
    smell smells smelled smelled 맡다 맡았다 맡은
    steal steals stole stolen 훔치다 훔쳤다 훔친
    bite bites bit bitten 깨물다 깨물었다 깨문
    """

  /// What animals and people do to each other.
  static let meeting = """
    chase chases chased chased 뒤쫓다 뒤쫓았다 뒤쫓은
    hear hears heard heard 듣다 들었다 들은
    fear fears feared feared 두려워하다 두려워했다 두려워한
    meet meets met met 만나다 만났다 만난
    protect protects protected protected 지키다 지켰다 지킨
    help helps helped helped 돕다 도왔다 도운
    greet greets greeted greeted 맞이하다 맞이했다 맞이한
    wake wakes woke woken 깨우다 깨웠다 깨운
    """

  /// What people do with vehicles.
  static let driving = """
    drive drives drove driven 몰다 몰았다 몬
    wash washes washed washed 씻다 씻었다 씻은
    stop stops stopped stopped 멈추다 멈췄다 멈춘
    rent rents rented rented 빌리다 빌렸다 빌린
    """

  /// What people and animals do without an object.
  static let living = """
    sleep sleeps slept slept 자다 잤다 잔
    walk walks walked walked 걷다 걸었다 걸은
    wait waits waited waited 기다리다 기다렸다 기다린
    sing sings sang sung 노래하다 노래했다 노래한
    run runs ran run 달리다 달렸다 달린
    rest rests rested rested 쉬다 쉬었다 쉰
    hide_away hides hid hidden 숨다 숨었다 숨은
    play plays played played 놀다 놀았다 논
    swim swims swam swum 헤엄치다 헤엄쳤다 헤엄친
    jump jumps jumped jumped 뛰다 뛰었다 뛴
    dance dances danced danced 춤추다 춤췄다 춤춘
    shout shouts shouted shouted 소리치다 소리쳤다 소리친
    arrive arrives arrived arrived 도착하다 도착했다 도착한
    stay stays stayed stayed 머무르다 머물렀다 머무른
    """

  /// What happens to things.
  static let happening = """
    fall falls fell fallen 떨어지다 떨어졌다 떨어진
    shine shines shone shone 빛나다 빛났다 빛난
    disappear disappears disappeared disappeared 사라지다 사라졌다 사라진
    move moves moved moved 움직이다 움직였다 움직인
    burn burns burned burned 타다 탔다 탄
    shake shakes shook shaken 흔들리다 흔들렸다 흔들린
    """

  /// Verbs that link an adjective to the subject.
  static let linking = """
    seem seems seemed seemed 같다 같았다 같은
    look looks looked looked 보이다 보였다 보인
    become becomes became become 지다 졌다 진
    """

  /// Verbs of giving: a thing to somebody.
  static let giving = """
    give gives gave given 주다 줬다 준
    hand hands handed handed 건네다 건넸다 건넨
    send sends sent sent 보내다 보냈다 보낸
    show shows showed shown 보여주다 보여줬다 보여준
    bring brings brought brought 가져다주다 가져다줬다 가져다준
    offer offers offered offered 권하다 권했다 권한
    """

  /// Verbs of going somewhere.
  static let going = """
    go goes went gone 가다 갔다 간
    come comes came come 오다 왔다 온
    travel travels traveled traveled 여행하다 여행했다 여행한
    return returns returned returned 돌아가다 돌아갔다 돌아간
    """

  /// Verbs that only statements of facts use.
  static let stating = """
    live lives lived lived 살다 살았다 산
    have has had had 가지다 가졌다 가진
    stand stands stood stood 서다 섰다 선
    move_house moves moved moved 이사하다 이사했다 이사한
    govern governs governed governed 다스려지다 다스려졌다 다스려진
    sit sits sat sat 앉다 앉았다 앉은
    work works worked worked 일하다 일했다 일한
    earn earns earned earned 벌다 벌었다 번
    train trains trained trained 훈련하다 훈련했다 훈련한
    feed feeds fed fed 먹고살다 먹고살았다 먹고산
    search searches searched searched 찾아다니다 찾아다녔다 찾아다닌 을
    live_on lives lived lived 연명하다 연명했다 연명한
    choose chooses chose chosen 고르다 골랐다 고른
    wear wears wore worn 입다 입었다 입은
    paint paints painted painted 칠하다 칠했다 칠한
    export exports exported exported 수출하다 수출했다 수출한
    grow grows grew grown 기르다 길렀다 기른
    know knows knew known 알려지다 알려졌다 알려진
    keep keeps kept kept 키우다 키웠다 키운
    prefer prefers preferred preferred 선호하다 선호했다 선호한
    """
}
