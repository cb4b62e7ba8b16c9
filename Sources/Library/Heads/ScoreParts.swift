import Analysis
import Faults
import Language
import Transformers

extension Workbench {
  var scorePartsCommand: Builtin {
    Builtin(
      "score_parts", "Takes apart why a head's query looks at a key.",
      Parameter<SinglePrompt>("prompt", "A prompt.", .piped),
      Parameter<Address>("head", "The head, such as L2.H3."),
      Parameter<PositionSelector?>(
        "query", "The position that looks; the mask of a masked model, else the last one, if none.",
        .named),
      Parameter<PositionSelector?>(
        "key", "The position that is looked at; the one that is looked at most if none.", .named),
      Parameter<ScoreParts.Grain>(
        "by", "How finely to tell summands apart.", .named, default: .layer,
        choices: ScoreParts.Grain.choices),
      Parameter<Int>("top", "How many rows.", .named, default: 12, in: .from(1)),
      Parameter<Bool>("matrix", "Give all numbers as a tensor.", .named, default: false),
      WeightChoice.parameter(.both),
      Parameter<Int?>(
        "seed", "For random weights; the session's by default.", .named, in: .from(0)),
      returns: "table or tensor", family: .heads,
      alsoFoundAs: [
        "QK circuit", "decomposition", "attention score", "why", "content", "position",
      ],
      details: """
        A score is a product of a query and a key, and both are sums: of the token's row, the \
        position's row, biases, and what each earlier head and MLP wrote. So the score is the sum \
        of one number for each pair of summands; in the first layer of a model with position rows \
        these are token·token, token·position, position·token and position·position. Norms divide \
        by what they divided by in the run, which keeps the sum exact, and is checked.

        `over_mean` is each number less its mean over all keys that the query sees. A softmax does \
        not notice what all keys have in common, so this column tells why it is this key. `random` \
        is the same with random weights, for the same two tokens. One pair of tokens has no interval.

        With rotary positions the numbers hold for the offset between the two tokens. `by` is \
        "kind" (token, position, attention, MLP), "layer" or "head". `matrix: true` gives all \
        pairs as a tensor, which `heatmap` draws.
        """,
      examples: [
        Example(
          #"load "random-tiny"; score_parts (prompt "the cat") L0.H1 | len"#,
          shows: "In the first layer: tokens, positions and biases.", gives: .number(9)),
        Example(
          #"load "random-tiny"; let p = prompt "the cat"; let t = score_parts p L1.H2 key: @1 matrix: true; close(sum(t), (capture p L1.H2.scores@-1)[1], within: 1e-4)"#,
          shows: "The parts sum to the score.", gives: .flag(true)),
        Example(
          #"load "random-tiny"; score_parts (prompt "the cat") L0.H1 query: @1 key: @2"#,
          shows: "A query of a causal model does not see what comes.", gives: .fails("masked-pair")),
      ]
    ) {
      [self] _, input, address, query, key, grain, top, isMatrix, weights, seed throws(Failure) in
      let experiment = try experiment()
      let row = try rows(of: [input.prompt])[0]
      let place = try faultsAsFailures("head") { () throws(Fault) in
        try experiment.model.description.oneHead(address)
      }
      // Random weights are asked about the key that is looked at most with the model's own.
      var key = key
      let choice = isMatrix && weights == .both ? .own : weights
      let found = try choice.measure(experiment, seed: self.seed(seed)) {
        experiment, _ throws(Failure) in
        let parts = try faultsAsFailures { () throws(Fault) in
          try experiment.scoreParts(
            row, of: place,
            query: query ?? row.prediction(of: experiment.model.description), key: key)
        }
        key = .indices([parts.key])
        return parts.grouped(by: grain)
      }
      record(experiment, [row])
      let view = ScorePartsView(
        parts: found.reading, random: found.random,
        queries: row.extent(of: place.pattern, in: experiment.model.description),
        keys: row.keys(of: place.pattern), notes: found.notes + notes)
      return isMatrix ? .tensor(view.tensor) : .table(view.table(top: top))
    }
  }
}

extension ScoreParts.Grain: ChoiceArgument {
  /// What messages call it.
  public static var kind: String { "grain" }
}

/// A decomposition as a table or a tensor.
private struct ScorePartsView {
  let parts: ScoreParts
  let random: ScoreParts?
  let queries: PromptRow
  let keys: PromptRow
  let notes: [String]

  func table(top: Int) -> Table {
    let pairs = parts.queryParts.indices.flatMap { row in
      parts.keyParts.indices.map { (row: row, column: $0) }
    }.sorted { abs(score($0)) > abs(score($1)) }
    let shown = pairs.prefix(top)
    var lines = heading
    if pairs.count > shown.count {
      let rest = pairs.dropFirst(top).reduce(0) { $0 + score($1) }
      lines.append(
        "\(pairs.count - shown.count) smaller pairs sum to \(NumberText.rounded(rest, digits: 3))")
    }
    return Table(
      [
        Table.Column("query", shown.map { .string("\(parts.queryParts[$0.row])") }),
        Table.Column("key", shown.map { .string("\(parts.keyParts[$0.column])") }),
        Table.Column("score", shown.map { .number(score($0)) }),
        Table.Column(
          "over_mean", shown.map { .number(parts.overMean[$0.row][$0.column]) }),
      ] + null(shown), notes: lines + notes)
  }

  /// What the same pairs of summands give with random weights.
  private func null(_ shown: ArraySlice<(row: Int, column: Int)>) -> [Table.Column] {
    guard let random else { return [] }
    let values = shown.map { pair -> Value in
      guard let row = random.queryParts.firstIndex(of: parts.queryParts[pair.row]),
        let column = random.keyParts.firstIndex(of: parts.keyParts[pair.column])
      else { return .null }
      return .number(random.overMean[row][column])
    }
    return [Table.Column("random", values)]
  }

  var tensor: TensorValue {
    TensorValue(
      axes: [
        .init("query part", labels: parts.queryParts.map(\.description)),
        .init("key part", labels: parts.keyParts.map(\.description)),
      ], storage: .doubles(parts.scores.flatMap { $0 }), notes: heading + notes)
  }

  private func score(_ pair: (row: Int, column: Int)) -> Double {
    parts.scores[pair.row][pair.column]
  }

  private var heading: [String] {
    func rounded(_ number: Double) -> String { NumberText.rounded(number, digits: 3) }
    var lines = [
      "\(parts.place): \(queries.label(parts.query)) looks at \(keys.label(parts.key)) with "
        + "\(rounded(parts.attention)) of its attention to \(Value.count(parts.visibleCount, "key"))",
      "the parts sum to \(rounded(parts.total)); the model's score is \(rounded(parts.score))",
    ]
    if let slope = parts.slope {
      lines.append("with \(rounded(slope)) for the distance (ALiBi), which is no pair of parts")
    }
    if let cap = parts.softCap {
      lines.append("squeezed to ±\(rounded(cap)) behind the sum")
    }
    if parts.isRotated {
      lines.append("rotary positions: the numbers hold for the offset \(parts.key - parts.query)")
    }
    return lines
  }
}

extension ModelDescription {
  /// The one head that an address names.
  ///
  /// - Throws: `Fault` when it names none or several, or is not there.
  func oneHead(_ address: Address) throws(Fault) -> HeadPlace {
    let heads = try heads(of: address)
    guard let head = heads.first, heads.count == 1 else {
      throw Fault(
        "wrong-address", "\(address) names \(heads.count) heads, one is wanted here",
        help: "name one, such as L1.H2")
    }
    return head
  }
}
