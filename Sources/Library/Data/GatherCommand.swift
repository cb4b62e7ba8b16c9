import Analysis
import Language
import Transformers

extension Workbench {
  var gatherCommand: Builtin {
    Builtin(
      "gather", "Runs texts and keeps the vectors of their tokens at some places.",
      Parameter<CorpusInput>("texts", "A corpus, a list of texts or prompts, or one.", .piped),
      Parameter<AddressInput>("at", "Where, such as L*.resid.post; a list for several."),
      Parameter<Int>(
        "tokens", "How many tokens, drawn evenly from all texts; all when there are no more.",
        .named, default: 20_000),
      Parameter<Int?>(
        "seed", "What they are drawn from; the session's seed by default.", .named),
      Parameter<Bool>(
        "special", "Whether tokens that the tokenizer puts around a text count too.", .named,
        default: false),
      Parameter<TextState>(
        "data", "The texts as they are, or with tokens hidden as in the training of masked models.",
        .named, default: .clean),
      Parameter<Double>(
        "budget", "How many GB of memory may be taken beside the model.", .named, default: 1),
      returns: "activations", family: .data,
      alsoFoundAs: ["activations", "vectors", "cache", "hidden states", "embeddings", "collect"],
      details: """
        Gathered once, vectors serve several analyses. `a[L1.resid.post]` is a tensor \
        [token, width], `a[L0..1.resid.post]` activations of some sites; `where`, `sample` and \
        places pick tokens, and `a.tokens` lists them with their words. An address with several \
        heads gives a site for each; one with positions takes these tokens only, special or not. \
        With `data: "corrupted"` the words stay those that were there before tokens were hidden.

        The memory is told before the run, and a run that would take more than `budget` is refused. \
        Ctrl-C keeps what was gathered so far. `save` writes activations to .safetensors, \
        `load_activations` reads them.
        """,
      examples: [
        Example(
          #"load "random-tiny"; let a = gather ["the cat", "a dog"] at: L*.resid.post; a[L1.resid.post].shape"#,
          shows: "Twelve letters and spaces, and the stream behind the last layer.",
          gives: .numbers(12, 32)),
        Example(
          #"load "random-tiny"; gather (corpus "english" count: 5 seed: 1) at: L0.H*.z tokens: 40"#
            + #" | where { it.upos == "NOUN" } | { it.sites }"#,
          shows: "A site for each head, and the tokens of nouns.",
          gives: .text("[L0.H0.z, L0.H1.z, L0.H2.z, L0.H3.z]")),
        Example(
          #"load "tiny-mlm"; let c = corpus "english" count: 4 seed: 1"#
            + #"; gather c at: L0.resid.post data: "corrupted" | where { it.token == "[MASK]" }"#
            + #" | { len(it) }"#,
          shows: "Hidden tokens, of which the words are known."),
        Example(
          #"load "random-tiny"; gather "the cat" at: L0.resid.post budget: 1e-5"#,
          shows: "The budget is kept.", gives: .fails("over-budget")),
        Example(
          #"load "random-tiny"; gather "the cat" at: L0.H1.pattern"#,
          shows: "A pattern has no vector for a token.", gives: .fails("wrong-address")),
      ]
    ) { [self] context, input, at, tokens, seed, special, data, budget throws(Failure) in
      guard tokens > 0 else {
        throw Failure("bad-argument", "`tokens` is a number from 1 upwards", argument: "tokens")
      }
      guard budget > 0 else {
        throw Failure("bad-argument", "`budget` is a number above 0, in GB", argument: "budget")
      }
      let experiment = try experiment()
      let seed = try self.seed(seed)
      let rows = try rows(of: input, data, seed, on: experiment.model)
      let addresses = try [at].all(for: "gather")
      let gathering = try onModel { () throws(ModelError) in
        try Gathering(experiment, rows, at: addresses, count: tokens, seed: seed, special: special)
      }
      try Self.check(gathering, budget: budget)
      let result = try onModel { () throws(ModelError) in
        try gathering.gather { done, total throws(ModelError) in
          context.output.progress(done, of: total, "gather")
          if context.interruption.isRequested { throw .interrupted }
        }
      }
      var activations = result.activations
      activations.notes += notes
      if !result.isComplete { context.interruption.clear() }
      return .host(ActivationsValue(activations))
    }
  }

  private func rows(
    of input: CorpusInput, _ data: TextState, _ seed: UInt64, on model: Model
  ) throws(Failure) -> [AnnotatedRow] {
    let rows = try input.rows(for: model)
    guard data == .corrupted else { return rows }
    return try onModel { () throws(ModelError) in try rows.corrupted(for: model, seed: seed) }
  }

  private static func check(_ gathering: Gathering, budget: Double) throws(Failure) {
    let limit = Int(min(budget * 1e9, 1e18))
    let bytes = gathering.byteCount
    guard bytes > limit else { return }
    let fitting = gathering.tokens(within: limit)
    var ways = ["allow more with   budget: \(NumberText.shortest(Self.gigabytes(above: bytes)))"]
    if fitting > 0 { ways.append("take fewer tokens:   tokens: \(fitting)") }
    if gathering.addresses.count > 1 { ways.append("gather fewer sites at once") }
    throw Failure(
      "over-budget",
      "\(gathering.tokens.count) tokens at \(Value.count(gathering.addresses.count, "site")) need "
        + "\(ActivationsValue.size(bytes)), the budget is \(ActivationsValue.size(limit))",
      argument: "budget", help: ways.joined(separator: ", or "))
  }
  /// A number of GB with two digits that so many bytes fit into.
  private static func gigabytes(above bytes: Int) -> Double {
    let digits = max(0, String(bytes).count - 2)
    let unit = (0..<digits).reduce(1) { unit, _ in unit * 10 }
    return Double((bytes + unit - 1) / unit * unit) / 1e9
  }
}
