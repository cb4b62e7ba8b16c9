import Analysis
import Faults
import Language
import Statistics
import Transformers

extension TextLoss: Argument {
  /// What messages call it.
  public static var kind: String { "loss" }
  /// The words that name a loss.
  static let choices = ["\"own\"", "\"causal\"", "\"masked\"", "\"label\""]
  /// How the loss is written.
  public var defaultText: String {
    switch self {
    case .own: "\"own\""
    case .causal: "\"causal\""
    case .masked: "\"masked\""
    case .label: "\"label\""
    }
  }

  /// A loss by its name.
  public static func from(_ value: Value) throws(Failure) -> TextLoss? {
    guard case .string(let name) = value else { return nil }
    switch name {
    case "own": return .own
    case "causal": return .causal
    case "masked": return .masked(share: 0.15)
    case "label": return .label(column: nil)
    default:
      throw Failure(
        "unknown-choice", "there is no loss \"\(name)\"",
        help: "choose one of " + choices.joined(separator: ", "))
    }
  }
}

extension AttentionKnockout.Unit: ChoiceArgument {
  /// What messages call it.
  public static var kind: String { "unit" }
}

extension Workbench {
  var attentionGradientCommand: Builtin {
    Builtin(
      "attention_gradient",
      "Measures how much the loss depends on what is given to kinds of tokens.",
      Parameter<CorpusInput>("corpus", "A corpus, a list of texts, or one text.", .piped),
      Parameter<AddressInput?>(
        "heads", "Which heads, such as L*.H*, dec.L*.cross.H*; all of the first stack if none."),
      Parameter<AttentionKnockout.Unit>(
        "by", "Whether layers are told apart, or heads.", .named, default: .layer,
        choices: AttentionKnockout.Unit.choices),
      Parameter<TextLoss>(
        "loss", "Which loss; the model's own is the one that it learnt by.", .named,
        default: .own, choices: TextLoss.choices),
      Parameter<String?>(
        "column", "The column of the corpus that holds a classifier's label.", .named),
      Parameter<Double>(
        "share", "The share of tokens that are masked.", .named, default: 0.15, in: .above(0, to: 1)
      ),
      Parameter<Bool>(
        "confirm", "Whether the tokens are also hidden, to see what the loss does.", .named,
        default: true),
      WeightChoice.parameter(.both), AttentionParameters.seed,
      returns: "table", family: .heads,
      alsoFoundAs: [
        "gradient importance", "no-op", "attention sink", "saliency of attention", "Clark",
        "special tokens",
      ],
      details: """
        `gradient` is the mean of |∂L/∂A| over the entries of the pattern whose key is of the kind \
        (Clark et al. 2019), L being a text's loss and A one entry with all others held, so off the \
        rows that sum to one; `weighted` is the mean of |A · ∂L/∂A|. `attention` is what a query \
        gives to the kind. Nulls are `others`, the gradient at all other keys, and `random`, that of the same model with \
        random weights; `q` corrects for the \
        number of lines (Benjamini and Hochberg) a two-sided test of the difference from `others` over \
        texts by random signs. `change` is what is added to the loss when the kind may not be looked at and rows are \
        scaled to one again; a token still sees itself. Much attention beside a small gradient and no \
        change is attention that does nothing. Intervals are 95 % over texts.
        """,
      examples: [
        Example(
          """
          load "random-tiny"
          attention_gradient ["the cat, the dog.", "a cat."] | keys
          """, shows: "What is measured.",
          gives: .strings(
            "layer", "keys", "attention", "gradient", "low", "high", "others", "random", "q",
            "weighted", "change", "change_low", "change_high")),
        Example(
          """
          load "random-tiny"
          with zero(L1) { attention_gradient ["the cat.", "a cat."] L1 confirm: false }.gradient | max
          """, shows: "Nothing depends on attention that is thrown away.", gives: .number(0)),
        Example(
          #"load "random-tiny"; attention_gradient "the cat" loss: "masked""#,
          shows: "The loss must be one that the model has.", gives: .fails("wrong-loss")),
      ]
    ) {
      [self] context, input, address, unit, loss, column, share, confirms, weights, seed
        throws(Failure) in
      var loss = loss
      if case .masked = loss { loss = .masked(share: share) }
      if case .label = loss { loss = .label(column: column) }
      if let column, loss == .own { loss = .label(column: column) }
      let experiment = try experiment()
      let rows = try input.rows(for: experiment.model)
      let seed = self.seed(seed)
      let heads = try faultsAsFailures("heads") { () throws(Fault) in
        try HeadSelection(address?.addresses ?? [], in: experiment.model.description)
      }
      let chosen = loss
      let found = try weights.measure(experiment, seed: seed) {
        experiment, step throws(Failure) in
        try faultsAsFailures { () throws(Fault) in
          try AttentionGradient(rows, heads: heads, loss: chosen, seed: seed, with: experiment) {
            done throws(Fault) in
            context.output.progress(done, of: rows.count, "attention_gradient" + step)
            if context.interruption.isRequested { throw .interrupted }
          }
        }
      }
      let measured = found.reading
      let knockout =
        try !confirms || weights == .random
        ? nil
        : faultsAsFailures { () throws(Fault) in
          try AttentionKnockout(
            rows, heads: heads, sets: measured.sets, by: unit, loss: loss, seed: seed,
            with: experiment
          ) { done, total throws(Fault) in
            context.output.progress(done, of: total, "hiding")
            if context.interruption.isRequested { throw .interrupted }
          }
        }
      record(experiment, rows.map(\.row))
      return .table(
        AttentionGradientTable(measured, found.random, knockout, by: unit, seed: seed)
          .table(notes: found.notes + rows.notes + notes))
    }
  }
}
