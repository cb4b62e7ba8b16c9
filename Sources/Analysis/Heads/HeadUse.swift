import Faults
import Foundation
import Tensors
import Transformers

/// How much heads write over texts, and what the model loses without them.
public struct HeadUse: Sendable {
  /// The heads.
  public let places: [HeadPlace]
  /// The lengths of what each head writes, summed over each text's tokens: texts × heads.
  public let lengths: Matrix
  /// How many tokens stand behind them: texts × heads.
  public let tokens: Matrix
  /// The loss of each text without each head, less its loss with all: texts × heads; nil where the
  /// model has no loss.
  public let changes: Matrix?
  /// The losses with all heads; nil where the model has none.
  public let baseline: TextLosses?
}

extension Experiment {
  /// How much heads write over texts, and what the model loses without each.
  ///
  /// - Parameters:
  ///   - tasks: What the model is asked about the texts, or nil to leave losses out.
  ///   - progress: Called with the steps done, of how many, and what they are; what it throws stops
  ///     the run.
  public func use(
    of places: [HeadPlace], over rows: [AnnotatedRow], tasks: [PredictionTask]?,
    ablation: HeadAblation = .zero,
    progress: (Int, Int, String) throws(Fault) -> Void = { _, _, _ in }
  ) throws(Fault) -> HeadUse {
    var lengths = Matrix(zeros: rows.count, places.count)
    var tokens = lengths
    let layers = Set(places.map(\.layerKey)).sorted()
    let sites = layers.map { ResolvedSite($0.out) }
    try CorpusRun(self, rows).forEach(
      sites, progress: { done, total throws(Fault) in try progress(done, total, "texts") }
    ) { index, captured throws(Fault) in
      for (layer, site) in zip(layers, sites) {
        let written = try captured.value(site)
        let own = written.cast(to: Double.self).headLengths
        for (column, place) in places.enumerated() where place.layerKey == layer {
          lengths[index, column] = own[place.head]
          tokens[index, column] = Double(written.shape[1])
        }
      }
    }
    guard let tasks else {
      return HeadUse(
        places: places, lengths: lengths, tokens: tokens, changes: nil, baseline: nil)
    }
    let answers = try classifierAnswers(tasks)
    let baseline = try losses(tasks, answers: answers)
    let means = ablation == .mean ? try meanReadings(tasks, of: places) : [:]
    var changes = Matrix(zeros: rows.count, places.count)
    let without = try losses(
      withoutEach: places, by: ablation, means: means, tasks, answers: answers
    ) { done, total throws(Fault) in try progress(done, total, "heads silenced") }
    for (column, losses) in without.enumerated() {
      for (row, change) in losses.minus(baseline).enumerated() { changes[row, column] = change }
    }
    return HeadUse(
      places: places, lengths: lengths, tokens: tokens, changes: changes, baseline: baseline)
  }
}

extension Tensor<Double> {
  /// The sum over positions of the length of what each head writes, for [1, position, head, width].
  fileprivate var headLengths: [Double] {
    let (heads, width) = (shape[2], shape[3])
    var squares = self
    Kernels.multiply(&squares, self)
    let ones = Matrix(rows: width, columns: 1, [Double](repeating: 1, count: width))
    let sums = Matrix(rows: shape[1] * heads, columns: width, squares.elements).times(ones)
    var lengths = [Double](repeating: 0, count: heads)
    for (place, square) in sums.elements.enumerated() {
      lengths[place % heads] += square.squareRoot()
    }
    return lengths
  }
}
