import Analysis
import Language

extension Workbench {
  var batchCommand: Builtin {
    Builtin(
      "batch", "Puts prompts together, so that they run at once.",
      Parameter<PromptInput>("prompts", "A list of prompts or texts.", .piped),
      returns: "batch", family: .prompts, alsoFoundAs: ["pad", "several prompts"],
      details: """
        Shorter prompts are padded on the right. Padding is never attended to and never shown: a \
        row gives the same numbers as the prompt alone. Positions are counted in each prompt.
        """,
      examples: [
        Example(
          #"batch(["the cat", "a dog"]).count"#, shows: "Two prompts in one batch.",
          gives: .number(2)),
        Example(
          #"batch(["the cat", "a dog"])[1].text"#, shows: "One of them.", gives: .string("a dog")),
      ]
    ) { [self] _, input throws(Failure) in
      .host(BatchValue(prompts: input.prompts, workbench: self))
    }
  }
}
