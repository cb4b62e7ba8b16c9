import Analysis
import Faults
import Language
import Tensors
import Transformers

/// How matrices over the tokens of a layered graph are shown.
struct MixingPicture {
  private let labels: [String]
  /// The tokens that are rows.
  private let queries: [Int]

  init(_ mixing: TokenMixing, row: PromptRow, queries: [Int], model: ModelDescription) {
    labels = mixing.labels(row, in: model)
    self.queries = queries
  }

  /// Some rows of [query, key] of all tokens as a heat map.
  func figure(
    _ matrix: Tensor<Double>?, title: String, valueLabel: String, notes: [String]
  ) -> Figure {
    let map = Figure.HeatMap(
      rows: queries.map { labels[$0] }, columns: labels, values: matrix.map(rows) ?? [],
      rowTitle: "query", columnTitle: "key")
    return Figure(.heatMap(map), title: title, valueLabel: valueLabel, notes: notes)
  }

  /// Some rows of [query, key] as a tensor.
  func tensor(_ matrix: Tensor<Double>, notes: [String]) -> TensorValue {
    TensorValue(
      axes: matrixAxes, storage: .doubles(rows(of: matrix).flatMap { $0 }), notes: notes)
  }

  /// The same for each of several steps, [layer, query, key].
  func tensor(_ matrices: [Tensor<Double>], steps: [String], notes: [String]) -> TensorValue {
    let numbers = matrices.flatMap { matrix in rows(of: matrix).flatMap { $0 } }
    return TensorValue(
      axes: [.init("layer", labels: steps)] + matrixAxes, storage: .doubles(numbers), notes: notes)
  }

  /// How much tokens keep of themselves, beside what they would if nothing had been learnt.
  ///
  /// - Parameter make: Makes of a null what `matrix` is of the model.
  func keptNote(
    _ matrix: Tensor<Double>, _ nulls: MixingNulls,
    _ make: (TokenMixing) throws(Fault) -> Tensor<Double>
  ) throws(Fault) -> String {
    func percent(_ matrix: Tensor<Double>) -> String {
      let own = zip(rows(of: matrix), queries).map { row, query in
        row[query] / row.reduce(0, +)
      }
      return NumberText.rounded(100 * own.reduce(0, +) / Double(own.count)) + " %"
    }
    var even = ""
    if let null = nulls.even { even = "with even attention \(percent(try make(null))), " }
    return "tokens keep \(percent(matrix)) of themselves; "
      + even
      + "with random weights \(percent(try make(nulls.random)))"
  }

  private var matrixAxes: [TensorValue.Axis] {
    [.init("query", labels: queries.map { labels[$0] }), .init("key", labels: labels)]
  }

  /// The rows that are shown, whether the matrix has all tokens as rows or these alone.
  private func rows(of matrix: Tensor<Double>) -> [[Double]] {
    let numbers = matrix.elements
    let width = labels.count
    let isWhole = matrix.shape[0] == width
    return queries.enumerated().map { index, query in
      let place = isWhole ? query : index
      return Array(numbers[place * width..<(place + 1) * width])
    }
  }
}

/// What a layered graph is beside: of attention that is even over what may be seen, and of the same
/// model with random weights.
///
/// Where it was measured what tokens keep, even attention hardly changes that, and is nil.
struct MixingNulls {
  let even: TokenMixing?
  let random: TokenMixing
}

extension Experiment {
  /// The graphs beside which that of a prompt is read.
  func nulls(_ row: PromptRow, _ options: MixingOptions, seed: UInt64) throws(Fault)
    -> MixingNulls
  {
    var even = options
    even.isEven = true
    var isMeasured = false
    if case .measured = options.residual { isMeasured = true }
    return MixingNulls(
      even: isMeasured ? nil : try mixing(row, even),
      random: try randomised(seed: seed).mixing(row, options))
  }
}
