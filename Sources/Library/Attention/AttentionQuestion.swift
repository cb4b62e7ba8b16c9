import Analysis
import Faults
import Language
import Statistics
import Transformers

/// What commands on the attention over a corpus start from.
struct AttentionQuestion {
  var experiment: Experiment
  let rows: [AnnotatedRow]
  let heads: HeadSelection
  let seed: UInt64
  /// What must be said under every result.
  let notes: [String]
  /// What stands behind the names of steps in progress.
  var label = ""

  /// A table of what is asked, with the weights that are meant; columns of the null stand beside it
  /// under the names that are given.
  func table(
    _ weights: WeightChoice, _ columns: [(String, String)], by key: String = "head",
    _ make: (AttentionQuestion) throws(Failure) -> Table
  ) throws(Failure) -> Table {
    try weights.table(experiment, seed: seed, columns, by: key) {
      experiment, label throws(Failure) in try make(on(experiment, label))
    }
  }

  /// The same question to another model of the same shapes.
  func on(_ experiment: Experiment, _ label: String) -> AttentionQuestion {
    var question = self
    question.experiment = experiment
    question.label = label
    return question
  }

  /// Runs the rows, with progress, and hands over what the heads look at in each.
  func run(_ context: Context, _ label: String, _ body: (AttentionRow) -> Void) throws(Failure) {
    try faultsAsFailures { () throws(Fault) in
      try experiment.attention(
        over: rows, heads: heads, progress: progress(context, label, of: rows.count)
      ) { body($0) }
    }
  }

  /// Shows how far a command is, and stops it when that was asked for.
  func progress(_ context: Context, _ label: String, of total: Int)
    -> (Int) throws(Fault) -> Void
  {
    { done throws(Fault) in
      if context.interruption.isRequested { throw .interrupted }
      context.output.progress(done, of: total, label + self.label)
    }
  }

  /// Refuses what no text gave a number of.
  func check(_ sums: RowSums) throws(Failure) {
    guard sums.columns > 0, (0..<sums.columns).allSatisfy({ sums.mean($0).isNaN }) else { return }
    throw Failure(
      "no-numbers", "no text has a token that sees more than one key", argument: "corpus",
      help: "take longer texts")
  }

  /// A column with the heads' addresses.
  var headColumn: Table.Column {
    Table.Column("head", heads.heads.map { .host($0.address) })
  }
}

extension HeadSelection {
  /// What is said of heads that have keys and values in common.
  fileprivate func groupNote(in model: ModelDescription) -> [String] {
    guard let head = heads.first else { return [] }
    let attention = model.attention(of: head)
    guard attention.groups < attention.heads else { return [] }
    let together = attention.heads / attention.groups
    return ["\(together) heads in a row share keys and values, as in H0 to H\(together - 1)"]
  }
}

extension [AnnotatedRow] {
  /// What is said of intervals over few texts.
  var oneTextNote: [String] { Estimate.notes(texts: count) }
}

extension Workbench {
  /// The rows of a corpus for the model in use, and the heads that are meant.
  func question(
    _ corpus: CorpusInput, _ heads: AddressInput?, seed: Int?
  ) throws(Failure) -> AttentionQuestion {
    let experiment = try experiment()
    let seed = self.seed(seed)
    let selection = try faultsAsFailures("heads") { () throws(Fault) in
      try HeadSelection(heads?.addresses ?? [], in: experiment.model.description)
    }
    let rows = try corpus.rows(for: experiment.model)
    let tokens = rows.reduce(0) { $0 + $1.tokens(of: selection.stack).count }
    let notes = [
      "\(Value.count(rows.count, "text")), \(Value.count(tokens, "token"))"
        + rows.notes.map { "; \($0)" }.joined()
    ]
    return AttentionQuestion(
      experiment: experiment, rows: rows, heads: selection, seed: seed,
      notes: notes + rows.oneTextNote + selection.groupNote(in: experiment.model.description)
        + self.notes)
  }
}
