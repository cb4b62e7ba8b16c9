import Faults
import Tokenizers
import Transformers

extension Tokenizer {
  /// The ids of a text without any template.
  func ids(_ text: String) throws(Fault) -> [Int] {
    do {
      return try encode(text, addSpecialTokens: false).ids
    } catch {
      throw Fault("bad-tokenizer", "\(error)")
    }
  }

  /// The tokens of a text, or of a pair, with the template around them.
  func tokens(_ text: String, pair: String?) throws(Fault) -> [Token] {
    do {
      return try encode(text, pair: pair).tokens
    } catch {
      throw Fault("bad-tokenizer", "\(error)")
    }
  }
}
