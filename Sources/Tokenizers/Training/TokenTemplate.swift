/// What a trained tokenizer puts around a text, or around the two texts of a pair.
///
/// The second text and what stands behind it have type 1, everything else has type 0.
public enum TokenTemplate: String, Sendable, CaseIterable {
  /// `<s> A` and `<s> A B`, for causal models.
  case beginning
  /// `<s> A </s>` and `<s> A </s> B </s>`, for masked models and classifiers.
  case bothEnds
  /// `A </s>` and `A </s> B </s>`, for the source and target of a translation.
  case end

  var processor: TemplateProcessor {
    let (beginning, end) = (SpecialPieces.beginningID, SpecialPieces.endID)
    switch self {
    case .beginning:
      let single: [TemplateProcessor.Part] = [
        .special([beginning], type: 0), .text(second: false, type: 0),
      ]
      return TemplateProcessor(single: single, pair: single + [.text(second: true, type: 1)])
    case .bothEnds: return .bert(classification: beginning, separator: end)
    case .end: return .ends(beginning: nil, end: end)
    }
  }
}
