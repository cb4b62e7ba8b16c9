extension JSONSection {
  /// The post-processor that the section describes; `isKnown` tells whether an id has a piece.
  func postProcessor(
    isKnown: (Int) -> Bool
  ) throws(TokenizerError) -> any PostProcessor {
    switch try type() {
    case "Sequence":
      var stages: [any PostProcessor] = []
      for stage in try required("processors").elements() {
        stages.append(try stage.postProcessor(isKnown: isKnown))
      }
      guard stages.count(where: { !($0 is OffsetTrimmer) }) <= 1 else {
        throw unsupported("more than one template")
      }
      return PostProcessorSequence(stages: stages)
    case "ByteLevel":
      return OffsetTrimmer(
        isActive: try bool("trim_offsets", default: true),
        addsPrefixSpace: try bool("add_prefix_space", default: true))
    case "TemplateProcessing": return try template(isKnown: isKnown)
    case "BertProcessing":
      return TemplateProcessor.bert(
        classification: try namedID("cls", isKnown), separator: try namedID("sep", isKnown))
    case "RobertaProcessing":
      let template = TemplateProcessor.roberta(
        classification: try namedID("cls", isKnown), separator: try namedID("sep", isKnown))
      let trimmer = OffsetTrimmer(
        isActive: try bool("trim_offsets", default: true),
        addsPrefixSpace: try bool("add_prefix_space", default: true))
      return PostProcessorSequence(stages: [trimmer, template])
    case let type: throw unsupported("a post-processor of type `\(type)`")
    }
  }

  private func knownID(_ isKnown: (Int) -> Bool) throws(TokenizerError) -> Int {
    let id = try count()
    guard isKnown(id) else { throw malformed("the vocabulary has no id \(id)") }
    return id
  }

  /// A member of the form `["piece", id]`.
  private func namedID(_ key: String, _ isKnown: (Int) -> Bool) throws(TokenizerError) -> Int {
    let elements = try required(key).elements()
    guard elements.count == 2 else { throw malformed("`\(key)` should be a piece and its id") }
    return try elements[1].knownID(isKnown)
  }

  private func template(isKnown: (Int) -> Bool) throws(TokenizerError) -> TemplateProcessor {
    let special = optional("special_tokens")
    func parts(_ key: String) throws(TokenizerError) -> [TemplateProcessor.Part] {
      var parts: [TemplateProcessor.Part] = []
      for element in try required(key).elements() {
        if let sequence = element.optional("Sequence") {
          let type = try sequence.optional("type_id")?.count() ?? 0
          parts.append(.text(second: try sequence.string("id") == "B", type: type))
        } else {
          let token = try element.required("SpecialToken")
          let type = try token.optional("type_id")?.count() ?? 0
          let name = try token.string("id")
          guard let entry = special?.optional(name) else {
            throw token.malformed("`special_tokens` has no `\(name)`")
          }
          var ids: [Int] = []
          for id in try entry.required("ids").elements() {
            ids.append(try id.knownID(isKnown))
          }
          parts.append(.special(ids, type: type))
        }
      }
      return parts
    }
    return TemplateProcessor(single: try parts("single"), pair: try parts("pair"))
  }
}
