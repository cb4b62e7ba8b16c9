import Analysis
import Language
import Tokenizers

/// Tokens and positions that Tab offers.
struct TokenCandidates {
  let workbench: Workbench
  /// What is typed.
  let prefix: String

  private static let most = 300

  /// The tokens of a prompt, as they are written in a string, in their order.
  func ofPrompt(_ value: Value?) -> [(text: String, note: String)] {
    tokens(of: value).enumerated().map { (Self.written($1), "at \($0)") }
      .filter { $0.0.hasPrefix(prefix) }
  }

  /// The positions of a prompt, and what stands there.
  func positions(of value: Value?) -> [(text: String, note: String)] {
    let tokens = tokens(of: value)
    let counted = tokens.enumerated().map { ("@\($0)", Value.quoted($1)) }
    let named = [("@-1", "the last"), ("@*", "all of them")]
    return ((counted.isEmpty ? [("@0", "the first")] : counted) + named).filter {
      $0.0.hasPrefix(prefix)
    }
  }

  /// The tokens of the vocabulary, those with the smallest ids first.
  var ofVocabulary: [(text: String, note: String)] {
    guard let tokenizer = try? workbench.inUse?.model.tokenizer() else { return [] }
    var found: [(text: String, note: String)] = []
    for id in 0..<tokenizer.vocabularySize {
      let text = Self.written(tokenizer.text(of: id))
      guard text.hasPrefix(prefix), !text.isEmpty else { continue }
      found.append((text, "token \(id)"))
      if found.count == Self.most { break }
    }
    return found
  }

  private func tokens(of value: Value?) -> [String] {
    guard let value, let input = try? PromptInput.from(value), let prompt = input.prompts.first,
      let row = try? workbench.row(of: prompt).written
    else { return [] }
    return row.tokens.map(\.text)
  }

  /// A token as it stands between quotes.
  private static func written(_ text: String) -> String {
    String(Value.quoted(text).dropFirst().dropLast())
  }
}
