import Analysis
import Language
import Statistics
import Transformers

extension Workbench {
  var amountOfChangeCommand: Builtin {
    Builtin(
      "amount_of_change", "Measures how much each layer changes the vectors of groups of tokens.",
      Parameter<CorpusInput>("corpus", "Texts.", .piped),
      Parameter<TokenGroups.Division>(
        "by", "What makes the groups: the rank of the token in the corpus, or the part of speech.",
        .named, default: .frequency, choices: TokenGroups.Division.choices),
      Parameter<Int>("each", "The most tokens of a group.", .named, default: 2_000),
      Parameter<StackInput?>(
        "stack", "Of a model with two; the encoder if nothing is said.", .named,
        choices: StackInput.choices),
      Parameter<Int?>("seed", "For the sample; the session's seed by default.", .named),
      returns: "table", family: .representations,
      alsoFoundAs: ["pwcca", "change between layers", "frequency", "bottom-up"],
      details: """
        `distance` is the PWCCA distance between the vectors that enter a block and those that \
        leave it, over equally many tokens of each group (Voita, Sennrich and Titov 2019); it does \
        not see what an invertible linear map does. So `turn` is 1 - cos of the two vectors beside \
        it, and `growth` the length of the change as a share of the vector, on average over tokens. \
        `null` is the distance of views that have nothing to do with each other.

        Groups by frequency are ranks among the types of the corpus, the most frequent first. All \
        groups have as many tokens as the smallest; those with fewer than two tokens for each \
        coordinate are left out. With fewer than ten, the views are reduced to principal components \
        first.
        """,
      examples: [
        Example(
          #"load "random-tiny"; let t = amount_of_change (corpus "english" count: 60) each: 100; t.layer | unique"#,
          shows: "A row for each block and group.", gives: .numbers(1, 2)),
        Example(
          #"load "random-tiny"; amount_of_change "the cat sat""#,
          shows: "One sentence is too little.", gives: .fails("too-few-tokens")),
      ]
    ) { [self] context, corpus, division, each, stack, seed throws(Failure) in
      guard each > 0 else {
        throw Failure("out-of-range", "`each` must be 1 or more, not \(each)", argument: "each")
      }
      let experiment = try experiment()
      let tokens = try tokens(of: corpus, for: experiment, stack)
      var options = AmountOfChange.Options()
      (options.division, options.each, options.seed) = (division, each, try self.seed(seed))
      return try onModel { () throws(ModelError) in
        let found = try AmountOfChange(
          experiment, tokens, options, progress: context.progress("change"))
        return .table(found.table(notes: tokens.rows.notes + notes))
      }
    }
  }
}

extension AmountOfChange {
  /// A row for each block and group.
  func table(notes: [String]) -> Table {
    let rows = changes.map {
      StepRow(layer: $0.layer, group: groups[$0.group].name, $0.distance, $0.turn, $0.growth)
    }
    return StepRow.table(
      rows,
      notes: [
        "\(Value.count(each, "token")) of each group"
          + (skipped.isEmpty ? "" : "; too small and left out: " + skipped.joined(separator: ", ")),
        StepRow.legend, "layer 1 is what the first block (L0) changes",
      ] + notes)
  }
}

/// A row of the tables of change and influence.
struct StepRow {
  private let layer: Int
  private let group: String
  private let distance: ViewDistance
  private let turn: Estimate
  private let growth: Estimate

  init(
    layer: Int, group: String, _ distance: ViewDistance, _ turn: Estimate, _ growth: Estimate
  ) {
    (self.layer, self.group, self.distance) = (layer, group, distance)
    (self.turn, self.growth) = (turn, growth)
  }

  /// What the columns are.
  static let legend =
    "null: rows in a random order; low and high: 95 % by bootstrap over sentences"

  static func table(_ rows: [StepRow], notes: [String]) -> Table {
    let columns: [(String, (StepRow) -> Value)] = [
      ("layer", { .int($0.layer) }),
      ("group", { .string($0.group) }),
      ("distance", { .number($0.distance.distance.value) }),
      ("low", { .number($0.distance.distance.low) }),
      ("high", { .number($0.distance.distance.high) }),
      ("null", { .number($0.distance.null) }),
      ("turn", { .number($0.turn.value) }),
      ("growth", { .number($0.growth.value) }),
    ]
    // One of a kind is enough: the groups differ in the numbers alone.
    var said = Array(rows.compactMap(\.distance.notes.first).prefix(1))
    let skipped = rows.map(\.turn.skipped).max() ?? 0
    if skipped > 0 {
      said.append("\(Value.count(skipped, "vector")) of zeros left out of turn and growth")
    }
    return Table(
      columns.map { name, value in Table.Column(name, rows.map(value)) }, notes: notes + said)
  }
}
