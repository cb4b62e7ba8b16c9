import Analysis
import Faults
import Foundation
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
        .named, default: 20_000, in: .from(1)),
      Parameter<Int?>(
        "seed", "What they are drawn from; the session's seed by default.", .named, in: .from(0)),
      Parameter<Bool>(
        "special", "Whether tokens that the tokenizer puts around a text count too.", .named,
        default: false),
      Parameter<TextState>(
        "data", "The texts as they are, or with tokens hidden as in the training of masked models.",
        .named, default: .clean),
      Parameter<Double>(
        "budget", "How many GB of memory may be taken beside the model.", .named, default: 1,
        in: .above(0)),
      Parameter<String?>(
        "to", "A .safetensors file that takes the vectors as they come, instead of memory.", .named),
      Parameter<Bool>(
        "overwrite", "Whether a file that is there may be replaced.", .named, default: false),
      returns: "activations", family: .data,
      alsoFoundAs: ["activations", "vectors", "cache", "hidden states", "embeddings", "collect"],
      details: """
        Gathered once, vectors serve several analyses. `a[L1.resid.post]` is a tensor \
        [token, width], `a[L0..1.resid.post]` activations of some sites; `where`, `sample` and \
        places pick tokens, and `a.tokens` lists them with their words. An address with several \
        heads gives a site for each; one with positions takes these tokens only, special or not. \
        With `data: "corrupted"` the words stay those that were there before tokens were hidden.

        A run that would take more than `budget` is not begun: at a prompt it asks first, in a script \
        it fails and says what it needs. With `to` the vectors go straight into a file, which may be \
        far larger than memory; analyses read of it what they look at. Ctrl-C ends the entry; what was \
        gathered so far is in the file then, or else in `_`. `save` writes activations to .safetensors, `load_activations` \
        reads them again.
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
          """
          load "tiny-mlm"; let c = corpus "english" count: 4 seed: 1
          let a = gather c at: L0.resid.post data: "corrupted" seed: 1
          a | where { it.token == "<mask>" } | { it.tokens.word }
          """, shows: "Hidden tokens, of which the words are known.",
          gives: .strings("Peter", "a", ".", "house", "Emma", ".", "umbrella")),
        Example(
          #"load "random-tiny"; gather "the cat" at: L0.resid.post budget: 1e-5"#,
          shows: "The budget is kept.", gives: .fails("over-budget")),
        Example(
          #"load "random-tiny"; gather "the cat" at: L*.mlp to: "a.safetensors"; "#
            + #"load_activations("a.safetensors").bytes"#,
          shows: "Straight into a file, for later.", gives: .number(1792)),
        Example(
          #"load "random-tiny"; gather "the cat" at: L0.H1.pattern"#,
          shows: "A pattern has no vector for a token.", gives: .fails("wrong-address")),
      ]
    ) {
      [self] context, input, at, tokens, seed, special, data, budget, to, overwrite
        throws(Failure) in
      let experiment = try experiment()
      let seed = self.seed(seed)
      let rows = try rows(of: input, data, seed, on: experiment.model)
      let addresses = try [at].all(for: "gather")
      let gathering = try faultsAsFailures { () throws(Fault) in
        try Gathering(experiment, rows, at: addresses, count: tokens, seed: seed, special: special)
      }
      let url = try to.map { path throws(Failure) in try Self.file(path, context) }
      try Self.check(gathering, budget: budget, isToFile: url != nil, context)
      let progress = context.progress("gather")
      if let url, let to {
        let isWhole = try ActivationFile.write(
          gathering, notes: notes, to: url, named: to, overwrite: overwrite, progress: progress)
        context.print(isWhole ? "saved \(to)" : "saved what was gathered so far to \(to)")
        guard isWhole else { throw .interrupted }
        return .host(try ActivationFile.read(url, named: to))
      }
      let result = try faultsAsFailures { () throws(Fault) in
        try gathering.gather(progress: progress)
      }
      var activations = result.activations
      activations.notes += notes
      let value = Value.host(ActivationsValue(activations))
      guard result.isComplete else {
        // The entry ends, and does not go on with a part; `_` has it all the same.
        context.interruption.clear()
        context.show(value)
        throw .interrupted
      }
      return value
    }
  }

  private func rows(
    of input: CorpusInput, _ data: TextState, _ seed: UInt64, on model: Model
  ) throws(Failure) -> [AnnotatedRow] {
    let rows = try input.rows(for: model)
    guard data == .corrupted else { return rows }
    return try faultsAsFailures { () throws(Fault) in try rows.corrupted(for: model, seed: seed) }
  }

  /// The file that vectors go to.
  private static func file(_ path: String, _ context: Context) throws(Failure) -> URL {
    guard path.lowercased().hasSuffix(".safetensors") else {
      throw Failure(
        "unknown-format", "vectors go to a file that ends in .safetensors, not `\(path)`",
        argument: "to", help: #"for instance   to: "activations.safetensors""#)
    }
    return URL(fileURLWithPath: try context.pathForWriting(path, argument: "to"))
  }

  /// Asks, or fails where nobody can be asked, when more memory is wanted than may be taken.
  private static func check(
    _ gathering: Gathering, budget: Double, isToFile: Bool, _ context: Context
  ) throws(Failure) {
    let limit = Int(min(budget * 1e9, 1e18))
    let bytes = isToFile ? gathering.streamingByteCount : gathering.byteCount
    guard bytes > limit else { return }
    let what =
      isToFile
      ? "one batch of texts needs"
      : "\(gathering.tokens.count) tokens at "
        + "\(Value.count(gathering.addresses.count, "site")) need"
    let words =
      "\(what) \(ActivationsValue.size(bytes)), the budget is \(ActivationsValue.size(limit))"
    switch context.output.confirm(words + "; gather all the same?") {
    case true?: return
    case false?: throw .interrupted
    case nil: break
    }
    let fitting = isToFile ? 0 : gathering.tokens(within: limit)
    var ways = ["allow more with   budget: \(NumberText.shortest(Self.gigabytes(above: bytes)))"]
    if !isToFile { ways.append(#"write them to a file with   to: "x.safetensors""#) }
    if fitting > 0 { ways.append("take fewer tokens:   tokens: \(fitting)") }
    if gathering.addresses.count > 1 { ways.append("gather fewer sites at once") }
    throw Failure("over-budget", words, argument: "budget", help: ways.joined(separator: ", or "))
  }

  /// A number of GB with two digits that so many bytes fit into.
  private static func gigabytes(above bytes: Int) -> Double {
    let digits = max(0, String(bytes).count - 2)
    let unit = (0..<digits).reduce(1) { unit, _ in unit * 10 }
    return Double((bytes + unit - 1) / unit * unit) / 1e9
  }
}
