import Tensors

/// Canonical correlations of two views.
struct CorrelationComparison: Comparison {
  let names: [String]
  let notes: [String]
  let ranks: (first: Int, second: Int)
  private let first: RepresentationView
  private let second: RepresentationView
  private let isWeighted: Bool

  init(
    _ first: RepresentationView, _ second: RepresentationView, _ method: ViewComparison.Method
  ) throws(StatisticsError) {
    guard first.count == second.count else {
      throw .shape(
        what: "the second view", expected: "[\(first.count), width]",
        found: [second.count, second.width])
    }
    (self.first, self.second) = (first, second)
    isWeighted = method == .pwcca
    names = isWeighted ? ["first", "second", "mean"] : [""]
    ranks = (first.rank, second.rank)
    var notes: [String] = []
    for (name, view) in [("first", first), ("second", second)] {
      let kept = view.width - view.constantColumns
      if view.constantColumns > 0 {
        notes.append(
          "\(view.constantColumns) of \(view.width) columns of the \(name) view are constant "
            + "and were dropped")
      }
      if view.rank < kept, method != .svcca {
        notes.append(
          "the \(name) view has \(view.rank) directions in \(kept) columns: some depend on others")
      }
    }
    self.notes = notes
  }

  func values(_ order: [Int]?) throws(StatisticsError) -> [Double] {
    let second = order.map(second.permuted) ?? second
    guard isWeighted else { return [try CanonicalCorrelation.mean(first, second)] }
    let found = try CanonicalCorrelation(first, second)
    return [found.weightedByFirst, found.weightedBySecond, found.weighted]
  }

  /// Of a correlation of variates h and g of unit variance: hg - ρ(h² + g²)/2.
  var influences: [[Double]] {
    guard let found = try? CanonicalCorrelation(first, second)
    else { return names.map { _ in [] } }
    let (left, right) = found.variates(first, second)
    let count = Double(first.count)
    let even = [Double](
      repeating: 1 / Double(found.correlations.count), count: found.correlations.count)
    let mean = zip(found.firstWeights, found.secondWeights).map { ($0 + $1) / 2 }
    let weights = isWeighted ? [found.firstWeights, found.secondWeights, mean] : [even]
    return weights.map { weights in
      var influences = [Double](repeating: 0, count: first.count)
      for (variate, weight) in weights.enumerated() {
        let (h, g) = (left.row(variate), right.row(variate))
        let rho = found.correlations[variate]
        for (row, (a, b)) in zip(h, g).enumerated() {
          influences[row] += weight * count * (a * b - rho * (a * a + b * b) / 2)
        }
      }
      return influences
    }
  }
}

/// The numbers of the released code.
struct ReleasedComparison: Comparison {
  let names: [String]
  let ranks: (first: Int, second: Int)
  let influences: [[Double]] = [[]]
  let notes: [String]
  private let first: Matrix
  private let second: Matrix
  private let isWeighted: Bool
  private let isRobust: Bool

  init(
    _ first: Matrix, _ second: Matrix, _ settings: ViewComparison.Settings
  ) throws(StatisticsError) {
    (self.first, self.second) = (first, second)
    isRobust = settings.isRobust
    isWeighted = settings.method == .pwcca
    notes = [
      "as the code released with the papers computes it"
        + (isRobust ? ": robust_cca_similarity, whose threshold is taken for a variance" : "")
    ]
    names = [isWeighted ? "first" : ""]
    ranks = (first.columns, second.columns)
  }

  func values(_ order: [Int]?) throws(StatisticsError) -> [Double] {
    let second = order.map(second.selecting(rows:)) ?? second
    if isRobust { return [try ReleasedCCA.robustMean(first, second)] }
    let found = try ReleasedCCA(first, second)
    return [isWeighted ? found.weighted : found.mean]
  }
}
