import Faults
import Tokenizers
import Transformers

/// How mask tokens are written by the best-known families.
enum MaskSpelling {
  static let all = ["[MASK]", "<mask>", "[mask]", "<MASK>", "<|mask|>", "<extra_id_0>"]

  /// The mask of another vocabulary that a text holds: one that this tokenizer cuts to pieces.
  static func foreign(in text: String, for tokenizer: Tokenizer) -> String? {
    all.first { spelling in
      text.contains(spelling) && tokenizer.id(ofPiece: spelling) == nil
    }
  }

  /// Refuses a text that holds the mask of another vocabulary, where the model has a mask itself.
  static func check(_ text: String, _ tokenizer: Tokenizer, _ model: Model) throws(Fault) {
    guard let mask = tokenizer.special.mask, let spelling = foreign(in: text, for: tokenizer) else {
      return
    }
    let own = tokenizer.text(of: mask)
    throw Fault(
      "unknown-token", "`\(spelling)` is not one token of \(model.name), whose mask is `\(own)`",
      help: "prompt \"\(text.replacing(spelling, with: own).replacing("\"", with: "\\\""))\"")
  }
}

extension Prompt {
  /// What to say of a text that holds the mask of another vocabulary, for a model that has none.
  public func maskNote(for model: Model) -> String? {
    guard case .text(let text, _) = content, let tokenizer = try? model.tokenizer(),
      tokenizer.special.mask == nil,
      let spelling = MaskSpelling.foreign(in: text, for: tokenizer)
    else { return nil }
    return "\(model.name) has no mask token: `\(spelling)` is read as text"
  }
}
