/// First names, and invented towns and countries, with their Korean.
enum NameTables {
  static let women = """
    Mary 메리
    Anna 안나
    Sarah 사라
    Emma 엠마
    Lucy 루시
    Alice 앨리스
    Julia 줄리아
    Helen 헬렌
    Clara 클라라
    Nora 노라
    Ruth 루스
    Ellen 엘런
    Laura 로라
    Martha 마사
    Diana 다이애나
    Grace 그레이스
    Irene 아이린
    Olga 올가
    Vera 베라
    Susan 수전
    Agnes 애그니스
    Flora 플로라
    Paula 폴라
    Wanda 완다
    """

  static let men = """
    John 존
    Peter 피터
    David 데이비드
    Paul 폴
    Mark 마크
    Simon 사이먼
    Henry 헨리
    Thomas 토머스
    Oscar 오스카
    Victor 빅터
    George 조지
    Robert 로버트
    Martin 마틴
    Hugo 휴고
    Felix 펠릭스
    Walter 월터
    Edgar 에드거
    Leo 리오
    Arthur 아서
    Bruno 브루노
    Conrad 콘래드
    Ivan 이반
    Ralph 랠프
    Stephen 스티븐
    """

  /// Countries, each with its Korean, its capital and the capital's Korean.
  static let countries = """
    Norland 노를란드 Velm 벨름
    Tarvia 타르비아 Dorin 도린
    Belmark 벨마르크 Hasp 하스프
    Corsenia 코르세니아 Lunden 룬덴
    Zembia 젬비아 Kasso 카소
    Ardon 아르돈 Mirel 미렐
    Palmeria 팔메리아 Tobar 토바르
    Quill 퀼 Ostin 오스틴
    Vestria 베스트리아 Grad 그라드
    Lomania 로마니아 Pella 펠라
    Sundar 순다르 Jarro 자로
    Wessia 웨시아 Finch 핀치
    Elbonia 엘보니아 Rook 루크
    Marvane 마르반 Sorel 소렐
    Drusia 드루시아 Temba 템바
    Kelland 켈란드 Winmore 윈모어
    Istar 이스타르 Bexley 벡슬리
    Faronia 파로니아 Carda 카르다
    Gallor 갈로르 Nimes 니메스
    Humbria 훔브리아 Alder 앨더
    Jentland 옌틀란드 Skane 스카네
    Maltor 말토르 Ezra 에즈라
    Ostia 오스티아 Ravel 라벨
    Pendia 펜디아 Thorn 손
    Rovenia 로베니아 Ulm 울름
    Sarkand 사르칸드 Yarrow 야로
    Trevia 트레비아 Zorin 조린
    Umbara 움바라 Cobb 코브
    Vandor 반도르 Delft 델프트
    Yoria 요리아 Ember 엠버
    Andora 안도라 Garth 가스
    Brenland 브렌란드 Holm 홀름
    Cassia 카시아 Irvine 어바인
    Delmar 델마르 Kelso 켈소
    Estoria 에스토리아 Lark 라크
    Fenland 펜란드 Mardin 마르딘
    Gothia 고티아 Navan 나반
    Hestia 헤스티아 Orla 오를라
    Illyra 일리라 Perth 퍼스
    Kronia 크로니아 Quenby 퀜비
    Lavonia 라보니아 Rilla 릴라
    Moravel 모라벨 Stova 스토바
    Nubara 누바라 Torun 토룬
    Orland 오를란드 Varna 바르나
    Prusk 프루스크 Wick 위크
    Rustania 루스타니아 Aston 애스턴
    Selvia 셀비아 Brod 브로드
    Tolland 톨란드 Cray 크레이
    """
}
