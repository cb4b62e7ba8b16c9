import Faults
import Foundation
import Tensors
import Transformers

/// The loss of each text: its sum over the predicted tokens, and how many these are.
public struct TextLosses: Sendable, Hashable {
  /// In nats, one for each text.
  public var sums: [Double]
  /// How many predictions each text has.
  public var counts: [Double]

  /// Nothing yet of some texts.
  init(none tasks: [PredictionTask]) {
    sums = Array(repeating: 0, count: tasks.count)
    counts = tasks.map { Double($0.positions.count) }
  }

  /// The mean over all predictions; NaN without any.
  public var mean: Double {
    let count = counts.reduce(0, +)
    return count > 0 ? sums.reduce(0, +) / count : .nan
  }

  /// How much more each text costs here.
  public func minus(_ other: TextLosses) -> [Double] {
    zip(sums, other.sums).map { $0 - $1 }
  }
}

extension Experiment {
  /// The model's loss on each text under the interventions in force and further changes.
  ///
  /// Texts of similar length are run together.
  ///
  /// - Parameters:
  ///   - answers: For a classifier, what it answered untouched: `classifierAnswers` gives it.
  ///   - changes: Edits for the rows of a batch; they act behind the interventions.
  ///   - progress: Called with the number of finished texts; what it throws stops the run.
  public func losses(
    _ tasks: [PredictionTask], answers: [[Double]]? = nil,
    progress: (Int) throws(Fault) -> Void = { _ in },
    changes: ([PromptRow]) throws(Fault) -> [Edit] = { _ in [] }
  ) throws(Fault) -> TextLosses {
    var losses = TextLosses(none: tasks)
    var done = 0
    for batch in batches(of: tasks) {
      try progress(done)
      let rows = batch.map { tasks[$0].row }
      let edits = try edits(for: rows) + changes(rows)
      let result = try run(
        rows, edits: edits,
        output: OutputRequest(positions: batch.map { tasks[$0].positions }))
      add(result, of: batch, tasks, answers: answers, to: &losses)
      done += batch.count
    }
    try progress(done)
    return losses
  }

  /// Adds the losses of texts that ran together.
  func add(
    _ result: RunResult, of batch: [Int], _ tasks: [PredictionTask], answers: [[Double]]?,
    to losses: inout TextLosses
  ) {
    guard let logits = result.logits else { return }
    if let answers {
      let rows = result.logitRows
      for (place, index) in batch.enumerated() {
        losses.sums[index] = model.description.divergence(
          answers[index], to: rows[result.rows[place].lowerBound])
      }
    } else {
      let surprises = logits.surprises(batch.flatMap { tasks[$0].targets })
      for (place, index) in batch.enumerated() {
        losses.sums[index] = result.rows[place].reduce(0) { $0 + surprises[$1] }
      }
    }
  }

  /// The logits that a classifier gives for each text; nil for a model that predicts tokens.
  public func classifierAnswers(_ tasks: [PredictionTask]) throws(Fault) -> [[Double]]? {
    guard model.description.classification != nil else { return nil }
    var answers = [[Double]](repeating: [], count: tasks.count)
    for batch in batches(of: tasks) {
      let result = try run(batch.map { tasks[$0].row }, output: .all)
      for (index, logits) in zip(batch, result.logitRows) { answers[index] = logits }
    }
    return answers
  }

  /// Texts that run together: of similar length, and with no more logits than memory allows.
  func batches(of tasks: [PredictionTask]) -> [[Int]] {
    let order = tasks.indices.filter { !tasks[$0].positions.isEmpty }
      .sorted { (tasks[$0].row.count, $0) < (tasks[$1].row.count, $1) }
    let room = max(1, Self.mostLogits / max(model.description.outputWidth, 1))
    var batches: [[Int]] = []
    var batch: [Int] = []
    var positions = 0
    for index in order {
      let own = max(tasks[index].row.count, tasks[index].row.source?.count ?? 0)
      if !batch.isEmpty, batch.count == Self.mostRows || positions + own > room {
        batches.append(batch)
        batch = []
        positions = 0
      }
      batch.append(index)
      positions += own
    }
    return batch.isEmpty ? batches : batches + [batch]
  }

  private static let mostRows = 64
  /// 128 MB of them in single precision.
  private static let mostLogits = 1 << 25
}

extension AnyTensor {
  /// −ln p of one column in each row of logits.
  fileprivate func surprises(_ targets: [Int]) -> [Double] {
    switch self {
    case .single(let logits): Self.surprises(logits, targets)
    case .double(let logits): Self.surprises(logits, targets)
    }
  }

  private static func surprises<Element: Scalar>(
    _ logits: Tensor<Element>, _ targets: [Int]
  ) -> [Double] {
    let width = logits.shape.last ?? 1
    let sums = Kernels.logSumExp(logits)
    return logits.withElements { elements in
      zip(sums, targets).enumerated().map { row, pair in
        Double(pair.0) - Double(elements[row * width + pair.1])
      }
    }
  }
}
