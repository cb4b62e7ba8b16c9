import Analysis
import Faults
import Language
import Statistics
import Transformers

/// What `transmission` measures.
enum TransmissionMeasure: String, ChoiceArgument {
  case transfer, jacobian, knockout, sinks

  static let kind = "measure"

  /// What weights are compared with.
  var compared: Transmission.Measure {
    switch self {
    case .transfer, .sinks: .transfer
    case .jacobian: .jacobian
    case .knockout: .knockout
    }
  }
}

extension Workbench {
  var transmissionCommand: Builtin {
    Builtin(
      "transmission", "Asks whether a head moves much from where it looks.",
      Parameter<CorpusInput>("corpus", "A corpus, a list of texts, or one text.", .piped),
      Parameter<AddressInput?>("heads", "Which heads; all of the first stack if none."),
      Parameter<TransmissionMeasure>(
        "measure", "What weights are compared with.", .named, default: .transfer,
        choices: TransmissionMeasure.choices),
      Parameter<Int>(
        "queries", "How many tokens of a text are taken.", .named, default: 8, in: .from(1)),
      Parameter<Int>(
        "keys", "How many keys are taken of each, those looked at most.", .named, default: 5,
        in: .from(1)),
      Parameter<Int?>(
        "directions", "How many random directions estimate a Jacobian; exact if none.", .named,
        in: .from(1, to: 1_000_000)),
      Parameter<Double>(
        "high", "The weight from which on a pair can be a sink.", .named, default: 0.5,
        in: .from(0, to: 1)),
      WeightChoice.parameter(.both), AttentionParameters.seed,
      returns: "table", family: .heads,
      alsoFoundAs: [
        "value transfer", "attention sink", "does attention mean", "norm", "Kobayashi", "knockout",
      ],
      details: """
        For each head the rank correlation, text by text and averaged, of its weights with what moves: \
        `transfer`, the weight times the length of what the head writes of the token (Kobayashi et al. \
        2020); `jacobian`, how much the head's output at the query changes with the token's stream; \
        `knockout`, the divergence of the prediction when the head may not look there. The null of a \
        transfer, which holds the weight itself, and of sinks is that of lengths in random order; that \
        of the others is 0. `sinks` is the share of pairs with a great weight that move less than half \
        of what the weight says; `random` is the value in the same model with random weights. `q` is \
        that of a two-sided test by random signs over texts, corrected for the number of heads \
        (Benjamini and Hochberg), and intervals are 95 % over texts.
        """,
      examples: [
        Example(
          #"load "random-tiny"; transmission ["the cat", "a dog"] | keys"#,
          shows: "A line for each head.",
          gives: .strings("head", "value", "low", "high", "null", "random", "q", "count")),
        Example(
          """
          load "random-tiny";
          (transmission ["the cat", "a dog"] L1 measure: "jacobian").head
          """, shows: "The heads of one layer.",
          gives: .text("[L1.H0, L1.H1, L1.H2, L1.H3]")),
        Example(
          #"load "random-tiny"; transmission "the cat" measure: "weight""#,
          shows: "The measure must be one of four.", gives: .fails("unknown-choice")),
      ]
    ) {
      [self]
      context, input, address, measure, queries, keys, directions, high, weights, seed
        throws(Failure) in
      var settings = Transmission.Settings()
      settings.measures = [measure.compared]
      settings.queries = queries
      settings.keys = keys
      settings.directions = directions
      settings.highWeight = high
      settings.seed = self.seed(seed)
      let experiment = try experiment()
      let rows = try input.rows(for: experiment.model)
      let heads = try faultsAsFailures("heads") { () throws(Fault) in
        try HeadSelection(address?.addresses ?? [], in: experiment.model.description)
      }
      let (chosen, under) = (settings, rows.notes + notes)
      let table = try weights.table(
        experiment, seed: settings.seed, [("value", "random")], by: "head"
      ) { experiment, step throws(Failure) in
        let found = try faultsAsFailures { () throws(Fault) in
          try Transmission(rows, heads: heads, settings: chosen, with: experiment) {
            done throws(Fault) in
            context.output.progress(done, of: rows.count, "transmission" + step)
            if context.interruption.isRequested { throw .interrupted }
          }
        }
        return self.table(
          found.lines(measure == .sinks ? nil : measure.compared), measure, texts: rows.count,
          notes: under)
      }
      record(experiment, rows.map(\.row))
      return .table(table)
    }
  }

  private func table(
    _ lines: [Transmission.Line], _ measure: TransmissionMeasure, texts: Int,
    notes: [String]
  ) -> Table {
    let q = BenjaminiHochberg.adjusted(lines.map(\.p))
    let isShare = measure == .sinks
    let intervals = IntervalColumns(texts: texts)
    return Table(
      [
        .init("head", lines.map { .host($0.head.address) }),
        .init("value", lines.map { $0.value.value.isNaN ? .null : .number($0.value.value) }),
      ] + intervals(lines.map(\.value)) + [
        .init("null", lines.map { $0.null.isNaN ? .null : .number($0.null) }),
        .init("q", q.map { $0.isNaN ? .null : .number($0) }),
        .init("count", lines.map { .int($0.count) }),
      ],
      notes: [
        isShare
          ? "value is a share; count is of pairs with a great weight"
          : "value is Spearman's ρ of weights and \(measure.rawValue); count is of texts"
      ] + intervals.notes + notes)
  }
}
