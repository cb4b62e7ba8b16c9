import Analysis
import Language
import Transformers

/// What a generation gave.
struct RunValue: HostValue {
  /// The prompt as it was written.
  let prompt: Prompt
  /// The new tokens' ids.
  let ids: [Int]
  /// The new tokens' texts.
  let tokens: [String]
  /// The new text; nil where the model has no tokenizer.
  let text: String?
  /// How it was made, and what was in force.
  let notes: [String]

  var kind: String { "run" }
  var description: String {
    text.map { Value.quoted($0) } ?? "[" + ids.map(String.init).joined(separator: ", ") + "]"
  }
  var presentation: Presentation { .text(notes.joined(separator: "\n")) }
  var json: JSON {
    .object([
      ("text", text.map { .string($0) } ?? .null), ("ids", .doubles(ids.map(Double.init))),
      ("tokens", .array(tokens.map { .string($0) })), ("notes", .array(notes.map { .string($0) })),
    ])
  }
  var fieldNames: [String] { ["text", "ids", "tokens", "count", "prompt_text"] }

  func isEqual(to other: any HostValue) -> Bool {
    guard let other = other as? RunValue else { return false }
    return other.prompt == prompt && other.ids == ids
  }

  func hash(into hasher: inout Hasher) { hasher.combine(ids) }

  func field(_ name: String) -> Value? {
    switch name {
    case "text": text.map { .string($0) } ?? .null
    case "ids": .list(List(ids.map { .int($0) }))
    case "tokens": .list(List(tokens.map { .string($0) }))
    case "count": .int(ids.count)
    case "prompt_text": prompt.text.map { .string($0) } ?? .null
    default: nil
    }
  }
}
