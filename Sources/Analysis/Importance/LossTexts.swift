import Corpora
import Faults
import Tensors
import Transformers

/// Which loss of a text is differentiated.
public enum TextLoss: Sendable, Hashable {
  /// What the model was made for: the next token, masked tokens, or the class.
  case own
  /// The mean of −ln p of each token behind the first, in a model that predicts from left to right.
  case causal
  /// The mean of −ln p of a share of the tokens of the text, drawn by a seed and masked: at least one.
  case masked(share: Double)
  /// −ln p of the class that a column of the corpus names; where no column is named, of the class
  /// that the model finds likeliest.
  case label(column: String?)
}

/// Texts with the loss that each has under a model.
struct LossTexts: Sendable {
  /// The texts, with tokens masked where the loss needs that, by their places in the corpus.
  private(set) var texts: [(index: Int, row: AnnotatedRow, plan: MetricPlan)] = []
  /// What a plan's number is multiplied by to be the loss.
  let factor: Double
  /// How many texts have no such loss: too short, or nothing to mask.
  private(set) var skipped = 0

  /// - Throws: `Fault` when the model has no such loss, or a class is unknown.
  init(_ rows: [AnnotatedRow], _ loss: TextLoss, seed: UInt64, _ experiment: Experiment)
    throws(Fault)
  {
    let model = experiment.model
    var loss = loss
    if loss == .own {
      if model.description.classification != nil {
        loss = .label(column: nil)
      } else {
        loss = model.description.isCausal ? .causal : .masked(share: 0.15)
      }
    }
    try Self.check(loss, model)
    if case .label = loss { factor = -1 } else { factor = 1 }
    for (index, row) in rows.enumerated() {
      guard let (masked, metric) = try Self.prepare(row, loss, seed: seed, index, experiment)
      else {
        skipped += 1
        continue
      }
      texts.append((index, masked, try MetricPlan(metric, row: masked.row, model: model)))
    }
    guard !texts.isEmpty else {
      throw Fault(
        "empty-corpus", "no text of the corpus has a loss under \(model.name)",
        help: loss == .causal ? "give texts of at least two tokens" : "give longer texts")
    }
  }

  private static func check(_ loss: TextLoss, _ model: Model) throws(Fault) {
    let isClassifier = model.description.classification != nil
    switch loss {
    case .label where !isClassifier:
      throw Fault(
        "no-classes", "\(model.name) predicts tokens, not classes",
        help: #"take its own loss:   loss: "own""#)
    case .causal where isClassifier || !model.description.isCausal:
      throw Fault(
        "wrong-loss", "\(model.name) does not predict the next token",
        help: #"take its own loss:   loss: "own""#)
    case .masked where isClassifier || model.description.isCausal:
      throw Fault(
        "wrong-loss", "\(model.name) does not predict masked tokens",
        help: #"take its own loss:   loss: "own""#)
    case .masked(let share) where !(share > 0 && share <= 1):
      throw Fault(
        "out-of-range", "a share of \(share) of the tokens cannot be masked",
        help: "0.15 is usual")
    default: break
    }
  }

  /// The row with its metric; nil for one that has no such loss.
  private static func prepare(
    _ row: AnnotatedRow, _ loss: TextLoss, seed: UInt64, _ index: Int, _ experiment: Experiment
  ) throws(Fault) -> (AnnotatedRow, Metric)? {
    switch loss {
    case .own, .causal: return row.row.count > 1 ? (row, Metric(.loss)) : nil
    case .masked(let share):
      let row = try row.masking(share, seed: seed, name: "\(index)", for: experiment.model)
      return row.map { ($0, Metric(.loss)) }
    case .label(let column):
      if let column {
        guard let label = row.text.columns[column] else { return nil }
        return (row, Metric(.logProb(.text(label))))
      }
      let logits = try experiment.logits([row.row]).first ?? []
      try experiment.model.description.requireProbabilities()
      let columns = experiment.model.description.classification?.tasks.first?.columns
      let likeliest = columns.flatMap { range in
        range.max { logits[$0] < logits[$1] }
      }
      return likeliest.map { (row, Metric(.logProb(.id($0)))) }
    }
  }

  /// The texts in batches of similar length, by their places among `texts`.
  func batches(tokens: Int = 512) -> [[Int]] {
    let lengths = texts.map { $0.row.row.count + ($0.row.row.source?.count ?? 0) }
    let order = texts.indices.sorted { (lengths[$0], $0) < (lengths[$1], $1) }
    var batches: [[Int]] = []
    for place in order {
      if let last = batches.last, (last.count + 1) * lengths[place] <= tokens {
        batches[batches.count - 1].append(place)
      } else {
        batches.append([place])
      }
    }
    return batches
  }

  /// The loss of each text of a batch under further edits, which name rows of the batch.
  func losses(_ batch: [Int], edits: [Edit], _ experiment: Experiment) throws(Fault)
    -> [Double]
  {
    let plans = batch.map { texts[$0].plan }
    let rows = plans.map(\.row)
    let result = try experiment.run(
      rows, edits: try experiment.edits(for: rows) + edits, output: plans.output)
    let all = result.logitRows
    return zip(plans, result.rows).map { plan, range in
      factor * plan.value(plan.select(Array(all[range]), from: plans.output), untouched: nil)
    }
  }
}

extension AnnotatedRow {
  /// The row with a share of the tokens of its text masked, at least one; nil where there is none.
  fileprivate func masking(_ share: Double, seed: UInt64, name: String, for model: Model)
    throws(Fault) -> AnnotatedRow?
  {
    if row.tokens.contains(where: { $0.maskedID != nil }) { return self }
    var random = SeededGenerator(seed: seed, name: name)
    let candidates = row.tokens.indices.filter {
      row.tokens[$0].origin == .text || row.tokens[$0].origin == .pair
    }
    guard !candidates.isEmpty else { return nil }
    let count = max(1, Int((share * Double(candidates.count)).rounded()))
    let drawn = Array(candidates.shuffled(using: &random).prefix(count)).sorted()
    var masked = row
    masked.tokens = try PromptChange.mask(.indices(drawn)).apply(to: row.tokens, model: model)
    var copy = self
    copy.row = masked
    return copy
  }
}
