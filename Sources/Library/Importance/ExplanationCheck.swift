import Analysis
import Faults
import Language
import Statistics
import Transformers

extension Workbench {
  var explanationCheckCommand: Builtin {
    Builtin(
      "explanation_check", "Asks whether attention explains predictions: shuffles it and moves it.",
      Parameter<CorpusInput>("corpus", "A corpus, a list of texts, or one text.", .piped),
      Parameter<AddressInput?>(
        "heads", "Which heads are changed together, such as L1.H2, L1 or L*; all if none."),
      Parameter<PositionSelector?>(
        "at",
        "Where the prediction is read: the last token if none, or the mask, which is drawn where "
          + "there is none; a classifier has one for the text.", .named),
      Parameter<Int>(
        "permutations", "How often attention is shuffled.", .named, default: 100,
        in: .from(0, to: 100_000)),
      Parameter<Double>(
        "tolerance", "How far the output may move when attention is moved.", .named,
        default: 0.01, in: .from(0, to: 1)),
      Parameter<Int>(
        "steps", "How many steps the search for other attention takes.", .named, default: 150,
        in: .from(0, to: 1_000_000)),
      Parameter<Double>(
        "penalty", "What an output that moves too far costs, against a nat.", .named, default: 50,
        in: .from(0)),
      Parameter<Bool>(
        "output_row", "Whether only the row of the position that is read is changed.", .named,
        default: false),
      Parameter<Bool>("each", "Whether to give a line for each text.", .named, default: false),
      Parameter<ModelChoice?>(
        "against", "Another model with the same tokens, such as one from another seed.", .named),
      WeightChoice.parameter(.both), AttentionParameters.seed,
      returns: "table", family: .heads,
      alsoFoundAs: [
        "attention is not explanation", "Jain and Wallace", "adversarial attention",
        "permutation", "faithfulness", "TVD",
      ],
      details: """
        Rows of attention of the chosen heads are replaced all at once (Jain and Wallace 2019; Wiegreffe \
        and Pinter 2019), and the output's total variation distance from the model's own is taken, \
        from 0 to 1. `shuffled` is its median over random orders of each row, `even` its value for \
        rows that treat all keys alike. `moved divergence` is the greatest Jensen–Shannon divergence, \
        at most ln 2 = 0.693, that Adam finds while the output stays within the tolerance; beside it \
        stands what shuffling comes to. The last lines are Kendall's τ between attention at the \
        position that is read and the effects of tokens: |input × gradient|, and the distance when a \
        token is left out. With no relation τ is 0. With `against:` stands how far attention \
        of another model lies apart (each head from the nearest of its layer), and its output: what a \
        search finds says something where it goes farther than another seed does. `random` is the value in the same \
        model with random weights. Intervals are 95 % over texts.
        """,
      examples: [
        Example(
          """
          load "tiny-review"
          explanation_check "the film was good." L0 permutations: 5 steps: 5 | len
          """, shows: "What comes of one text.", gives: .number(9)),
        Example(
          """
          load "random-tiny"
          let t = with zero(L1.H2) { explanation_check "the cat" L1.H2 permutations: 3 steps: 0 }
          round((t | where { row => row.measure == "shuffled" }).value[0], 6)
          """, shows: "A head that writes nothing explains nothing.", gives: .number(0)),
        Example(
          #"load "random-tiny"; explanation_check "the cat" L7"#,
          shows: "The heads must be there.", gives: .fails("unknown-address")),
      ]
    ) {
      [self]
      context, input, address, at, permutations, tolerance, steps, penalty, outputRow, each, other,
      weights, seed
        throws(Failure) in
      var settings = ExplanationCheck.Settings()
      settings.permutations = permutations
      settings.steps = steps
      settings.tolerance = tolerance
      settings.penalty = penalty
      settings.isOutputRowOnly = outputRow
      settings.seed = self.seed(seed)
      let experiment = try experiment()
      let rows = try input.rows(for: experiment.model)
      let heads = try faultsAsFailures("heads") { () throws(Fault) in
        try HeadSelection(address?.addresses ?? [], in: experiment.model.description)
      }
      let (chosen, under) = (settings, rows.notes + notes)
      let compared = try other.map { other throws(Failure) in
        try self.compared(other, reading: rows, of: input, experiment.model)
      }
      // Lines of texts have no place for the same text's null.
      let shown: WeightChoice = each && weights == .both ? .own : weights
      let table = try shown.table(
        experiment, seed: settings.seed, [("value", "random")], by: "measure"
      ) { experiment, step throws(Failure) in
        let check = ExplanationCheck(experiment, heads: heads, at: at, settings: chosen)
        var results: [ExplanationCheck.Result] = []
        for (index, row) in rows.enumerated() {
          context.output.progress(index, of: rows.count, "explanation_check" + step)
          try context.interruption.check()
          results.append(
            try faultsAsFailures { () throws(Fault) in
              try check.run(row.row, against: compared)
            })
        }
        context.output.progress(rows.count, of: rows.count, "explanation_check" + step)
        let table = ExplanationTable(results, heads: heads.count, chosen)
        return each ? table.lines(rows.map(\.row), notes: under) : table.summary(notes: under)
      }
      record(experiment, rows.map(\.row))
      return .table(table)
    }
  }
}

extension Workbench {
  /// Another model that reads the same tokens.
  private func compared(
    _ other: ModelChoice, reading rows: [AnnotatedRow], of input: CorpusInput, _ model: Model
  ) throws(Failure) -> Experiment {
    let other = try loaded(other, argument: "against")
    let others = try input.rows(for: other.model)
    guard rows.count == others.count,
      zip(rows, others).allSatisfy({ $0.row.ids == $1.row.ids && $0.row.source == $1.row.source })
    else {
      throw Failure(
        "different-models", "\(model.name) and \(other.name) read the texts as different tokens",
        argument: "against", help: "compare models with one vocabulary")
    }
    return try experiment(on: other)
  }
}
