import Analysis
import Faults
import Language
import Tokenizers
import Transformers

extension Workbench {
  var generateCommand: Builtin {
    Builtin(
      "generate", "Lets the model write on, token by token, and shows the text as it comes.",
      Parameter<SinglePrompt>("prompt", "What to go on from.", .piped),
      Parameter<Int>("tokens", "How many tokens at most.", .named, default: 20, in: .from(1)),
      Parameter<Double>(
        "temperature", "What logits are divided by; 0 takes the likeliest token.", .named,
        default: 0, in: .from(0)),
      Parameter<Int?>(
        "top_k", "Draw from so many of the likeliest tokens only.", .named, in: .from(1)),
      Parameter<Double?>(
        "top_p", "Draw from the fewest tokens that together reach this probability.", .named,
        in: .above(0, to: 1)),
      Parameter<Int?>(
        "seed", "What is drawn from; the session's seed by default.", .named, in: .from(0)),
      Parameter<Bool>(
        "cached", "Whether keys and values are kept; the text is the same either way.", .named,
        default: true),
      Parameter<Bool>(
        "settings", "Whether the model's generation settings hold.", .named, default: true),
      Parameter<Bool>("stream", "Whether to show the text as it comes.", .named, default: true),
      returns: "run", family: .running, alsoFoundAs: ["sample", "continue", "complete", "decode"],
      details: """
        Interventions hold for the prompt and for every new token; `during: prefill` and `during: \
        decode` narrow them. Positions that they name are those of the prompt. The result has \
        `text`, `tokens` and `ids`.

        The settings are those of `generation_config.json`, or of `config.json` where there is none: \
        end tokens, the decoder's start token, forced, banned and suppressed tokens, penalties of \
        repetition, least lengths. Tokens are taken one after the other, the likeliest where no \
        `temperature`, `top_k` or `top_p` is given; beams and a wish to sample are not followed, and \
        the result says so. `settings: false` leaves the logits as they are, and ends at end tokens.
        """,
      examples: [
        Example(
          #"load "random-tiny"; (generate (prompt "the cat") tokens: 5 stream: false).count"#,
          shows: "Five tokens, the likeliest each time.", gives: .number(5)),
        Example(
          """
          load "random-tiny"
          let cached = generate (prompt "the cat") tokens: 8 stream: false
          let uncached = generate (prompt "the cat") tokens: 8 cached: false stream: false
          cached.ids == uncached.ids
          """, shows: "The cache changes nothing but the time.", gives: .flag(true)),
        Example(
          #"load "random-tiny"; generate (prompt "the cat") tokens: 200 top_p: 2"#,
          shows: "Settings are checked.", gives: .fails("out-of-range")),
      ]
    ) {
      [self] context, input, count, temperature, topK, topP, seed, cached, follows, stream
        throws(Failure) in
      let sampling = Self.sampling(temperature, topK, topP)
      let generation = Generation(
        prompt: input.prompt, count: count, sampling: sampling, seed: self.seed(seed),
        isCached: cached, followsSettings: follows)
      return .host(try generate(generation, to: stream ? context.output : nil))
    }
  }

  private static func sampling(_ temperature: Double, _ topK: Int?, _ topP: Double?)
    -> Sampling
  {
    // Limits without a temperature mean that the user wants to draw.
    let isGreedy = temperature == 0 && topK == nil && topP == nil
    let divisor = !isGreedy && temperature == 0 ? 1 : temperature
    return Sampling(temperature: divisor, topK: topK, topP: topP)
  }

  private func generate(_ generation: Generation, to output: (any OutputSink)?) throws(Failure)
    -> RunValue
  {
    let experiment = try experiment()
    let row = try row(of: generation.prompt)
    var writer = try faultsAsFailures { () throws(Fault) in
      TextWriter(try experiment.model.tokenizer(), after: row.ids, to: output)
    }
    let result = try faultsAsFailures { () throws(Fault) in
      try experiment.generate(
        row, count: generation.count, sampling: generation.sampling,
        rules: generation.rules(of: experiment.model.generation), seed: generation.seed,
        isCached: generation.isCached
      ) { id throws(Fault) in
        writer.append(id)
        if interruption.isRequested { throw .interrupted }
      }
    }
    writer.finish()
    record(experiment, [row], firings: result.firings)
    return RunValue(
      prompt: generation.prompt, ids: result.ids, tokens: result.ids.map(writer.name),
      text: writer.isText ? writer.text : nil,
      notes: [generation.note(result)] + generation.notFollowed(experiment.model.generation)
        + notes)
  }
}

/// What to generate.
private struct Generation {
  let prompt: Prompt
  let count: Int
  let sampling: Sampling
  let seed: UInt64
  let isCached: Bool
  let followsSettings: Bool

  /// What is done to the logits of a model with these settings.
  func rules(of settings: GenerationSettings) -> LogitRules {
    if followsSettings { return settings.rules }
    var rules = LogitRules()
    rules.endTokens = settings.endTokens
    return rules
  }

  /// A line for the settings that are not followed.
  func notFollowed(_ settings: GenerationSettings) -> [String] {
    if !followsSettings || settings.notFollowed.isEmpty { return [] }
    return ["(settings of the model not followed: \(settings.notFollowed.joined(separator: ", ")))"]
  }

  /// How many tokens were made, how, and why there are no more.
  func note(_ result: GenerationResult) -> String {
    var facts = [Value.count(result.ids.count, "token")]
    if sampling == .greedy {
      facts.append("greedy")
    } else {
      facts.append("temperature \(NumberText.shortest(sampling.temperature))")
      if let topK = sampling.topK { facts.append("top_k \(topK)") }
      if let topP = sampling.topP { facts.append("top_p \(NumberText.shortest(topP))") }
      facts.append("seed \(seed)")
    }
    switch result.end {
    case .count: break
    case .endToken: facts.append("stopped by the model's end token")
    case .context: facts.append("stopped where the model's context ends")
    }
    return "(" + facts.joined(separator: ", ") + ")"
  }
}

/// Turns ids into text as they come, and shows it.
private struct TextWriter {
  private let tokenizer: Tokenizer?
  private var decoder: StreamDecoder?
  private let output: (any OutputSink)?
  private(set) var text = ""

  init(_ tokenizer: Tokenizer?, after ids: [Int], to output: (any OutputSink)?) {
    self.tokenizer = tokenizer
    self.output = output
    decoder = tokenizer.map { StreamDecoder($0, after: ids) }
  }

  var isText: Bool { tokenizer != nil }

  mutating func append(_ id: Int) {
    add(decoder?.append(id) ?? (text.isEmpty ? "\(id)" : " \(id)"))
  }

  mutating func finish() {
    add(decoder?.flush() ?? "")
    output?.write("\n")
  }

  /// The text of one token.
  func name(_ id: Int) -> String { tokenizer?.text(of: id) ?? "\(id)" }

  private mutating func add(_ piece: String) {
    text += piece
    if !piece.isEmpty { output?.write(piece) }
  }
}
