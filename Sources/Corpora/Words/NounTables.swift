/// The common nouns by semantic class: singular, plural, Korean; the most frequent first.
enum NounTables {
  static let people = """
    child children 아이
    farmer farmers 농부
    teacher teachers 교사
    doctor doctors 의사
    guest guests 손님
    waiter waiters 웨이터
    king kings 왕
    student students 학생
    sailor sailors 선원
    baker bakers 제빵사
    nurse nurses 간호사
    girl girls 소녀
    boy boys 소년
    woman women 여자
    man men 남자
    thief thieves 도둑
    judge judges 판사
    soldier soldiers 군인
    singer singers 가수
    painter painters 화가
    queen queens 여왕
    merchant merchants 상인
    hunter hunters 사냥꾼
    guard guards 경비원
    lawyer lawyers 변호사
    patient patients 환자
    writer writers 작가
    driver drivers 운전사
    priest priests 사제
    gardener gardeners 정원사
    cousin cousins 사촌
    pilot pilots 조종사
    """

  static let animals = """
    cat cats 고양이
    dog dogs 개
    horse horses 말
    bird birds 새
    cow cows 소
    fox foxes 여우
    rabbit rabbits 토끼
    wolf wolves 늑대
    bear bears 곰
    goat goats 염소
    pig pigs 돼지
    duck ducks 오리
    hen hens 암탉
    lion lions 사자
    frog frogs 개구리
    snake snakes 뱀
    monkey monkeys 원숭이
    donkey donkeys 당나귀
    eagle eagles 독수리
    owl owls 부엉이
    tiger tigers 호랑이
    elephant elephants 코끼리
    camel camels 낙타
    turtle turtles 거북이
    squirrel squirrels 다람쥐
    bee bees 벌
    swan swans 백조
    beaver beavers 비버
    lizard lizards 도마뱀
    crow crows 까마귀
    """

  static let things = """
    key keys 열쇠
    letter letters 편지
    book books 책
    box boxes 상자
    cup cups 컵
    lamp lamps 등불
    knife knives 칼
    coin coins 동전
    hat hats 모자
    bag bags 가방
    bottle bottles 병
    picture pictures 그림
    basket baskets 바구니
    clock clocks 시계
    map maps 지도
    coat coats 외투
    candle candles 양초
    mirror mirrors 거울
    rope ropes 밧줄
    spoon spoons 숟가락
    drum drums 북
    stone stones 돌
    shoe shoes 신발
    blanket blankets 담요
    toy toys 장난감
    hammer hammers 망치
    shield shields 방패
    umbrella umbrellas 우산
    needle needles 바늘
    flute flutes 피리
    """

  static let furniture = """
    table tables 탁자
    cabinet cabinets 캐비닛
    chair chairs 의자
    desk desks 책상
    shelf shelves 선반
    door doors 문
    bed beds 침대
    drawer drawers 서랍
    bench benches 벤치
    sofa sofas 소파
    """

  static let places = """
    river rivers 강
    house houses 집
    garden gardens 정원
    park parks 공원
    store stores 가게
    school schools 학교
    market markets 시장
    bridge bridges 다리
    forest forests 숲
    hill hills 언덕
    station stations 역
    lake lakes 호수
    church churches 교회
    castle castles 성
    farm farms 농장
    tower towers 탑
    harbor harbors 항구
    field fields 들판
    library libraries 도서관
    village villages 마을
    mountain mountains 산
    office offices 사무실
    beach beaches 해변
    museum museums 박물관
    """

  static let vehicles = """
    car cars 자동차
    boat boats 배
    train trains 기차
    wagon wagons 마차
    bus buses 버스
    truck trucks 트럭
    bicycle bicycles 자전거
    """

  static let foods = """
    apple apples 사과
    cake cakes 케이크
    egg eggs 달걀
    berry berries 산딸기
    carrot carrots 당근
    nut nuts 견과
    potato potatoes 감자
    pie pies 파이
    pear pears 서양배
    onion onions 양파
    grape grapes 포도
    bean beans 콩
    cookie cookies 쿠키
    plum plums 자두
    tomato tomatoes 토마토
    melon melons 멜론
    cherry cherries 체리
    mushroom mushrooms 버섯
    """
}
