import Analysis
import Language
import Transformers

/// A prompt as a value of the language.
struct PromptValue: HostValue {
  let prompt: Prompt
  let workbench: Workbench

  var kind: String { "prompt" }
  var description: String { prompt.sourceText }
  var fieldNames: [String] { ["text", "ids", "tokens", "types", "count", "target"] }
  var presentation: Presentation {
    guard let lines = try? PromptLines(prompt, on: workbench) else { return .text(description) }
    return .text(lines.text)
  }
  var json: JSON {
    var fields: [(String, JSON)] = []
    if let text = prompt.text { fields.append(("text", .string(text))) }
    if let row = try? workbench.row(of: prompt).written {
      fields.append(("ids", .doubles(row.ids.map(Double.init))))
      fields.append(("tokens", .array(row.texts.map { .string($0) })))
    }
    return .object(fields)
  }

  func isEqual(to other: any HostValue) -> Bool { (other as? PromptValue)?.prompt == prompt }

  func hash(into hasher: inout Hasher) { hasher.combine(prompt) }

  private var written: PromptRow {
    get throws(Failure) { try workbench.row(of: prompt).written }
  }

  func field(_ name: String) throws(Failure) -> Value? {
    switch name {
    case "text": return prompt.text.map { .string($0) } ?? .null
    case "ids": return .list(List(try written.ids.map { .int($0) }))
    case "tokens": return .list(List(try written.texts.map { .string($0) }))
    case "types": return .list(List(try written.tokens.map { .int($0.type) }))
    case "count": return .int(try written.count)
    case "target":
      let row = try workbench.row(of: prompt)
      return row.source == nil ? .null : .list(List(row.ids.map { .int($0) }))
    default: return nil
    }
  }
}

/// Several prompts that run together.
struct BatchValue: HostValue {
  let prompts: [Prompt]
  let workbench: Workbench

  var kind: String { "batch" }
  var description: String {
    "batch([" + prompts.map { "(\($0.sourceText))" }.joined(separator: ", ") + "])"
  }
  var fieldNames: [String] { ["prompts", "count"] }
  var presentation: Presentation {
    let texts = prompts.map { (try? PromptLines($0, on: workbench))?.text ?? $0.sourceText }
    return .text(texts.enumerated().map { "\($0): \($1)" }.joined(separator: "\n"))
  }
  var json: JSON {
    .array(prompts.map { PromptValue(prompt: $0, workbench: workbench).json })
  }

  func isEqual(to other: any HostValue) -> Bool { (other as? BatchValue)?.prompts == prompts }

  func hash(into hasher: inout Hasher) { hasher.combine(prompts) }

  func field(_ name: String) -> Value? {
    switch name {
    case "prompts": .list(List(prompts.indices.map(value)))
    case "count": .int(prompts.count)
    default: nil
    }
  }

  func element(at index: Value) throws(Failure) -> Value? {
    guard let index = Int.from(index) else { return nil }
    let place = index < 0 ? index + prompts.count : index
    guard prompts.indices.contains(place) else {
      throw Failure(
        "index-out-of-range", "the batch has no prompt \(index)",
        help: "prompts are 0 to \(prompts.count - 1)")
    }
    return value(place)
  }

  private func value(_ index: Int) -> Value {
    .host(PromptValue(prompt: prompts[index], workbench: workbench))
  }
}
