import Analysis
import Corpora
import Faults
import Language

/// What a command that runs a model takes: a prompt, a batch of them, or a text that becomes one.
struct PromptInput: Argument {
  let prompts: [Prompt]
  /// Whether results must tell rows apart, even if there is only one.
  let isBatch: Bool

  static let kind = "prompt"

  static func from(_ value: Value) throws(Failure) -> PromptInput? {
    switch value {
    case .string(let text): return PromptInput(prompts: [Prompt(text)], isBatch: false)
    case .host(let host as PromptValue):
      return PromptInput(prompts: [host.prompt], isBatch: false)
    case .host(let host as TextValue):
      return PromptInput(prompts: [Prompt(try host.read())], isBatch: false)
    case .host(let host as BatchValue): return PromptInput(prompts: host.prompts, isBatch: true)
    case .host(let host as CorpusValue):
      let texts = try faultsAsFailures { () throws(Fault) in try host.corpus.texts() }
      return texts.isEmpty ? nil : PromptInput(prompts: texts.map { Prompt($0) }, isBatch: true)
    case .list(let list):
      var prompts: [Prompt] = []
      for item in list {
        guard let input = try from(item), !input.isBatch else { return nil }
        prompts += input.prompts
      }
      return prompts.isEmpty ? nil : PromptInput(prompts: prompts, isBatch: true)
    default: return nil
    }
  }
}

/// A single prompt, or a text that becomes one.
struct SinglePrompt: Argument {
  let prompt: Prompt

  static let kind = "prompt"

  static func from(_ value: Value) throws(Failure) -> SinglePrompt? {
    if case .host(let host as BatchValue) = value {
      throw Failure(
        "wrong-type", "one prompt is wanted here, not a batch of \(host.prompts.count)",
        help: "take one of them, such as b[0]")
    }
    guard let input = try PromptInput.from(value), !input.isBatch else { return nil }
    return SinglePrompt(prompt: input.prompts[0])
  }
}
