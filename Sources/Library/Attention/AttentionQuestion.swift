import Analysis
import Language
import Transformers

/// What commands on the attention over a corpus start from.
struct AttentionQuestion {
  let experiment: Experiment
  let rows: [AnnotatedRow]
  let heads: HeadSelection
  let seed: UInt64
  /// What must be said under every result.
  let notes: [String]

  /// Runs the rows, with progress, and hands over what the heads look at in each.
  func run(_ context: Context, _ label: String, _ body: (AttentionRow) -> Void) throws(Failure) {
    try onModel { () throws(ModelError) in
      try experiment.attention(
        over: rows, heads: heads, progress: progress(context, label, of: rows.count)
      ) { body($0) }
    }
  }

  /// Shows how far a command is, and stops it when that was asked for.
  func progress(_ context: Context, _ label: String, of total: Int)
    -> (Int) throws(ModelError) -> Void
  {
    { done throws(ModelError) in
      if context.interruption.isRequested { throw .interrupted }
      context.output.progress(done, of: total, label)
    }
  }

  /// A column with the heads' addresses.
  var headColumn: Table.Column {
    Table.Column("head", heads.heads.map { .host($0.address) })
  }

  /// What is said of special tokens.
  func note(_ special: SpecialTokenRule) -> [String] {
    switch special {
    case .keep: []
    case .dropKeys: ["special tokens as keys left out, rows scaled to sum to one"]
    case .dropBoth: ["special tokens left out, rows scaled to sum to one"]
    }
  }
}

/// Whose weights a measurement is made with.
enum WeightChoice: String, CaseIterable, Argument {
  case own, random

  static let kind = "weights"
  static let quotedNames = allCases.map { "\"\($0.rawValue)\"" }
  var defaultText: String { "\"\(rawValue)\"" }

  static func from(_ value: Value) throws(Failure) -> WeightChoice? {
    try choice(value, "choice of weights")
  }
}

extension Workbench {
  /// The rows of a corpus for the model in use, and the heads that are meant.
  ///
  /// With random weights the same architecture and tokenizer are taken, and no interventions.
  func question(
    _ corpus: CorpusInput, _ heads: AddressInput?, _ weights: WeightChoice = .own, seed: Int?
  ) throws(Failure) -> AttentionQuestion {
    var experiment = try experiment()
    let seed = try self.seed(seed)
    let selection = try onModel("heads") { () throws(ModelError) in
      try HeadSelection(heads?.addresses ?? [], in: experiment.model.description)
    }
    let rows = try corpus.rows(for: experiment.model)
    let tokens = rows.reduce(0) { $0 + $1.tokens(of: selection.stack).count }
    var notes = [
      "\(Value.count(rows.count, "text")), \(Value.count(tokens, "token"))"
        + rows.notes.map { "; \($0)" }
        .joined()
    ]
    if weights == .random {
      let model = experiment.model.randomised(seed: seed)
      experiment = Experiment(
        model: model,
        runtime: try onModel { () throws(ModelError) in try model.runtime(settings.precision) })
      notes.append("random weights, seed \(seed): what comes out is the null of this measurement")
    } else {
      notes += self.notes
    }
    return AttentionQuestion(
      experiment: experiment, rows: rows, heads: selection, seed: seed, notes: notes)
  }
}
