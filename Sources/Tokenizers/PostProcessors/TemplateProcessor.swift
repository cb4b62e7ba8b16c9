/// Puts texts into a template such as `[CLS] A [SEP] B [SEP]`.
struct TemplateProcessor: PostProcessor {
  enum Part: Sendable {
    /// The first or second text.
    case text(second: Bool, type: Int)
    case special([Int], type: Int)
  }

  let single: [Part]
  let pair: [Part]

  func process(_ segments: [Segment], addsSpecialTokens: Bool) -> [Segment] {
    (segments.count > 1 ? pair : single).compactMap { part in
      switch part {
      case .text(let second, let type):
        let index = second ? 1 : 0
        guard index < segments.count else { return nil }
        var segment = segments[index]
        for token in segment.tokens.indices { segment.tokens[token].type = type }
        return segment
      case .special(let ids, let type):
        guard addsSpecialTokens else { return nil }
        return Segment(tokens: ids.map { .template($0, type: type) })
      }
    }
  }

  /// BERT's template, which keeps the types that the texts have.
  static func bert(classification: Int, separator: Int) -> TemplateProcessor {
    TemplateProcessor(
      single: [
        .special([classification], type: 0), .text(second: false, type: 0),
        .special([separator], type: 0),
      ],
      pair: [
        .special([classification], type: 0), .text(second: false, type: 0),
        .special([separator], type: 0), .text(second: true, type: 1),
        .special([separator], type: 1),
      ])
  }

  /// RoBERTa's template: two separators between texts, and one type for all.
  static func roberta(classification: Int, separator: Int) -> TemplateProcessor {
    TemplateProcessor(
      single: [
        .special([classification], type: 0), .text(second: false, type: 0),
        .special([separator], type: 0),
      ],
      pair: [
        .special([classification], type: 0), .text(second: false, type: 0),
        .special([separator, separator], type: 0), .text(second: true, type: 0),
        .special([separator], type: 0),
      ])
  }

  /// What `add_bos_token` and `add_eos_token` of tokenizer_config.json ask for.
  static func ends(beginning: Int?, end: Int?) -> TemplateProcessor {
    func part(second: Bool) -> [Part] {
      let type = second ? 1 : 0
      let before = beginning.map { [Part.special([$0], type: type)] } ?? []
      let after = end.map { [Part.special([$0], type: type)] } ?? []
      return before + [.text(second: second, type: type)] + after
    }
    return TemplateProcessor(
      single: part(second: false), pair: part(second: false) + part(second: true))
  }
}
