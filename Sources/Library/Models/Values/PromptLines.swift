import Analysis
import Faults
import Language
import Transformers

/// How a prompt is displayed: its tokens, with bars between them, and what was masked with what.
struct PromptLines {
  let text: String

  init(_ prompt: Prompt, on workbench: Workbench) throws(Failure) {
    let row = try workbench.row(of: prompt)
    var lines = [Self.line(row.written)]
    if row.source != nil { lines.append("target: " + Self.line(row)) }
    if let note = try Self.maskNote(row, on: workbench) { lines.append(note) }
    if let note = row.imageNote { lines.append(note) }
    text = lines.joined(separator: "\n")
  }

  private static func line(_ row: PromptRow) -> String {
    row.texts.map(visible).joined(separator: "|") + "   (\(Value.count(row.count, "token")))"
  }

  /// What stands for masked tokens, where there are any.
  static func maskNote(_ row: PromptRow, on workbench: Workbench) throws(Failure) -> String? {
    let masked = row.written.tokens.count { $0.maskedID != nil }
    guard masked > 0 else { return nil }
    let model = try workbench.current().model
    let mask = try faultsAsFailures { () throws(Fault) in try MaskToken(for: model) }
    return "\(Value.count(masked, "token")) masked with \(mask.text), \(mask.name)"
  }

  /// A token's text on one line.
  static func visible(_ text: String) -> String {
    String(Value.quoted(text).dropFirst().dropLast())
      .replacingOccurrences(of: "\\\"", with: "\"").replacingOccurrences(of: "\\{", with: "{")
  }
}

extension [PromptRow] {
  /// What was done to the values of images, each kind of it once.
  var imageNotes: [String] {
    compactMap(\.imageNote).reduce(into: []) { notes, note in
      if !notes.contains(note) { notes.append(note) }
    }
  }
}

extension Workbench {
  /// A prompt's tokens for the model in use.
  func row(of prompt: Prompt) throws(Failure) -> PromptRow {
    let model = try current().model
    return try faultsAsFailures { () throws(Fault) in try prompt.row(for: model) }
  }

  /// Several prompts' tokens for the model in use, ready to run.
  ///
  /// - Throws: A failure when one has no tokens.
  func rows(of prompts: [Prompt]) throws(Failure) -> [PromptRow] {
    var rows: [PromptRow] = []
    for (index, prompt) in prompts.enumerated() {
      let row = try row(of: prompt)
      guard row.count > 0 else {
        throw Failure(
          "empty-prompt",
          prompts.count == 1 ? "the prompt has no tokens" : "prompt \(index) has no tokens",
          help: "a model needs at least one token to read")
      }
      rows.append(row)
    }
    return rows
  }
}
