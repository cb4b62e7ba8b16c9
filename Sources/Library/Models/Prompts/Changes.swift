import Analysis
import Language
import Transformers

extension Workbench {
  var maskCommand: Builtin {
    Builtin(
      "mask", "Puts the mask token in the place of tokens.",
      Parameter<PromptInput>("prompt", "A prompt or a batch.", .piped),
      Parameter<PositionSelector>("position", "Which tokens, such as @3 or @2..4."),
      returns: "prompt", family: .prompts, alsoFoundAs: ["hide a token", "cloze"],
      details: """
        A model without a mask token gets the nearest honest thing: its unknown token, or else the \
        token that ends or begins a text. The prompt says which it was. To keep a token but forbid \
        attention to it, use `hide`.
        """,
      examples: [
        Example(
          #"load "random-tiny"; (mask (prompt "cat") @1).tokens"#, shows: "One token is masked.",
          gives: .strings("c", "<mask>", "t")),
        Example(
          #"load "random-tiny"; mask (prompt "cat") @7"#, shows: "The position must be there.",
          gives: .fails("position-out-of-range")),
      ]
    ) { [self] _, input, position throws(Failure) in try changed(input, by: .mask(position)) }
  }

  var dropCommand: Builtin {
    Builtin(
      "drop", "Leaves tokens out of a prompt.",
      Parameter<PromptInput>("prompt", "A prompt or a batch.", .piped),
      Parameter<PositionSelector>("position", "Which tokens, such as @3 or @2..4."),
      returns: "prompt", family: .prompts, alsoFoundAs: ["remove a token", "delete"],
      examples: [
        Example(
          #"load "random-tiny"; (drop (prompt "cat") @0).tokens"#,
          shows: "The tokens behind move up.", gives: .strings("a", "t"))
      ]
    ) { [self] _, input, position throws(Failure) in try changed(input, by: .drop(position)) }
  }

  var swapCommand: Builtin {
    Builtin(
      "swap", "Lets two tokens of a prompt change places.",
      Parameter<PromptInput>("prompt", "A prompt or a batch.", .piped),
      Parameter<PositionSelector>("first", "One token."),
      Parameter<PositionSelector>("second", "The other."),
      returns: "prompt", family: .prompts, alsoFoundAs: ["exchange"],
      examples: [
        Example(
          #"load "random-tiny"; (swap (prompt "cat") @0 @-1).tokens"#,
          shows: "First and last change places.", gives: .strings("t", "a", "c"))
      ]
    ) { [self] _, input, first, second throws(Failure) in
      try changed(input, by: .swap(first, second))
    }
  }

  var shuffleCommand: Builtin {
    Builtin(
      "shuffle", "Puts tokens of a prompt in a random order.",
      Parameter<PromptInput>("prompt", "A prompt or a batch.", .piped),
      Parameter<PositionSelector?>(
        "position", "Which tokens; all but the template's when not given."),
      Parameter<Int?>(
        "seed", "What the order is drawn from; the session's seed by default.", .named, in: .from(0)
      ),
      returns: "prompt", family: .prompts, alsoFoundAs: ["permute", "random order"],
      examples: [
        Example(
          #"load "random-tiny"; (shuffle (prompt "cats") seed: 1).tokens | sort"#,
          shows: "The same tokens, in another order.", gives: .strings("a", "c", "s", "t"))
      ]
    ) { [self] _, input, position, seed throws(Failure) in
      try changed(input, by: .shuffle(position, seed: self.seed(seed)))
    }
  }

  /// The prompts with one more change; it is tried at once where a model is there to try it on.
  private func changed(_ input: PromptInput, by change: PromptChange) throws(Failure) -> Value {
    let prompts = input.prompts.map { $0.changed(change) }
    if inUse != nil { for prompt in prompts { _ = try row(of: prompt) } }
    guard input.isBatch else {
      return .host(PromptValue(prompt: prompts[0], workbench: self))
    }
    return .host(BatchValue(prompts: prompts, workbench: self))
  }

  /// The seed that was given, or the session's.
  func seed(_ given: Int?) -> UInt64 { given.map(UInt64.init(clamping:)) ?? settings.seed }
}
