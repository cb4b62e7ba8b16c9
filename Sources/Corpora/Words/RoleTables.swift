/// Who does what to whom.
enum RoleTables {
  /// A verb, who does it, and to whom it is done.
  static let roles = """
    tip ; guest sailor ; waiter driver
    serve ; waiter baker ; guest king
    cure ; doctor nurse ; patient child
    teach ; teacher writer ; student child
    arrest ; guard soldier ; thief
    rob ; thief ; merchant guest
    hire ; merchant farmer ; driver gardener
    defend ; lawyer ; merchant thief
    condemn ; judge king ; thief
    crown ; priest ; king queen
    obey ; soldier student ; king teacher
    examine ; doctor teacher ; patient student
    command ; king queen ; soldier guard
    question ; judge lawyer ; thief guest
    applaud ; guest child ; singer
    portray ; painter ; queen king
    """

  static let verbs = """
    tip tips tipped tipped 사례하다 사례했다 사례한 에게
    serve serves served served 대접하다 대접했다 대접한
    cure cures cured cured 치료하다 치료했다 치료한
    teach teaches taught taught 가르치다 가르쳤다 가르친
    arrest arrests arrested arrested 체포하다 체포했다 체포한
    hire hires hired hired 고용하다 고용했다 고용한
    defend defends defended defended 변호하다 변호했다 변호한
    condemn condemns condemned condemned 처벌하다 처벌했다 처벌한
    crown crowns crowned crowned 추대하다 추대했다 추대한
    obey obeys obeyed obeyed 복종하다 복종했다 복종한 에게
    examine examines examined examined 검사하다 검사했다 검사한
    command commands commanded commanded 명령하다 명령했다 명령한 에게
    question questions questioned questioned 심문하다 심문했다 심문한
    applaud applauds applauded applauded 칭찬하다 칭찬했다 칭찬한
    portray portrays portrayed portrayed 묘사하다 묘사했다 묘사한
    """
}
