import Analysis
import Corpora
import Faults
import Language
import Transformers

extension Workbench {
  var attentionPairCommand: Builtin {
    Builtin(
      "attention_pair",
      "Follows one look of a head: why it looks there, what it moves, and whether that matters.",
      Parameter<SinglePrompt>("prompt", "A prompt.", .piped),
      Parameter<Address>("head", "The head, such as L2.H3."),
      Parameter<PositionSelector?>(
        "query", "The position that looks; the mask of a masked model, else the last one, if none.",
        .named),
      Parameter<PositionSelector?>(
        "key", "The position that is looked at; the one that is looked at most if none.", .named),
      Parameter<Int>(
        "top", "How many summands of the score are named.", .named, default: 3, in: .from(0)),
      returns: "table", family: .heads,
      alsoFoundAs: [
        "why", "value transfer", "knockout", "score decomposition", "chain", "cognitive",
      ],
      details: """
        A large weight is three claims at once, and each has its numbers. `why`: the weight, and the \
        summands of the score that tell this key most from the others (all of them: `score_parts`). \
        `moved`: the length of what the head brings from the token, and that of the Jacobian of its \
        output by the token's stream (heads by corpora: `transmission`). `matters`: how far the \
        prediction of the query moves, as Kullback–Leibler divergence in nats, when the head may not \
        look there; and what is added to the loss of the text without the look, and without the head. \
        A masked model has a loss where tokens of the prompt are masked.

        `others` is the mean over the other keys that the query sees, and `rank` the place of this one \
        among them: a look says something where it stands out in all three.
        """,
      examples: [
        Example(
          #"load "random-tiny"; (attention_pair (prompt "the cat") L1.H2).step"#,
          shows: "Three questions.",
          gives: .strings(
            "why", "why", "why", "why", "moved", "moved", "matters", "matters", "matters")),
        Example(
          #"load "random-tiny"; attention_pair (prompt "the cat") L1.H2 query: @1 key: @2"#,
          shows: "A query of a causal model does not see what comes.", gives: .fails("masked-pair")),
      ]
    ) { [self] context, input, address, query, key, top throws(Failure) in
      let experiment = try experiment()
      let place = try faultsAsFailures("head") { () throws(Fault) in
        try experiment.model.description.oneHead(address)
      }
      // A text that is too long is no prompt, although a corpus may hold it.
      _ = try row(of: input.prompt)
      return try faultsAsFailures { () throws(Fault) in
        let row = try AnnotatedRow(
          AnnotatedText(input.prompt), prompt: input.prompt, for: experiment.model)
        let pair = try experiment.attentionPair(
          row, of: place,
          query: query ?? row.row.prediction(of: experiment.model.description), key: key, top: top,
          progress: context.steps("attention_pair"))
        record(experiment, [row.row])
        return .table(
          pairTable(
            pair, queries: row.row.extent(of: place.pattern, in: experiment.model.description),
            keys: row.row.keys(of: place.pattern)))
      }
    }
  }

  private func pairTable(_ pair: AttentionPair, queries: PromptRow, keys: PromptRow) -> Table {
    let readings = pair.readings
    let parts = pair.parts
    return Table(
      [
        .init("step", readings.map { .string($0.step.rawValue) }),
        .init("measure", readings.map { .string($0.name) }),
        .init("value", readings.map { .number($0.value) }),
        .init("others", readings.map { $0.others.map { .number($0) } ?? .null }),
        .init("rank", readings.map { $0.rank.map { .int($0) } ?? .null }),
      ],
      notes: [
        "\(parts.place): \(queries.label(parts.query)) looks at \(keys.label(parts.key)), "
          + "one of \(Value.count(pair.keys, "key"))"
      ] + notes)
  }
}
