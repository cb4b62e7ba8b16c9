import Tensors

/// A way to compare two views that can be asked again with the rows of the second in another order.
protocol Comparison {
  /// What each value is called.
  var names: [String] { get }
  /// The numbers of directions.
  var ranks: (first: Int, second: Int) { get }
  /// What must be said.
  var notes: [String] { get }
  /// For each value how much each row moves it: the mean over rows is zero. Empty where unknown.
  var influences: [[Double]] { get }
  /// The values, with the rows of the second view in an order.
  func values(_ order: [Int]?) throws(StatisticsError) -> [Double]
}

/// Comparisons by their method.
enum Comparisons {
  static func make(
    _ first: Matrix, _ second: Matrix, _ settings: ViewComparison.Settings
  ) throws(StatisticsError) -> any Comparison {
    switch settings.method {
    case .pwcca, .cca, .svcca:
      if settings.isReleased, settings.method != .svcca {
        return try ReleasedComparison(first, second, settings)
      }
      let views = try views([first, second], settings)
      return try CorrelationComparison(views[0], views[1], settings.method)
    case .cka, .biasedCKA, .gaussianCKA, .batchedCKA:
      return try AlignmentComparison(first, second, settings)
    case .procrustes: return try ProcrustesComparison(first, second)
    }
  }

  /// Views with the directions that the method keeps, made side by side: LAPACK has one thread.
  static func views(
    _ points: [Matrix], _ settings: ViewComparison.Settings
  ) throws(StatisticsError) -> [RepresentationView] {
    let made = Workers.map(points.count) { place in
      Result { () throws(StatisticsError) in try view(points[place], settings) }
    }
    return try made.map { result throws(StatisticsError) in try result.get() }
  }

  private static func view(
    _ points: Matrix, _ settings: ViewComparison.Settings
  ) throws(StatisticsError) -> RepresentationView {
    let view = try RepresentationView(points)
    guard settings.method == .svcca else { return view }
    return try view.keeping(
      settings.share, of: settings.isReleased ? .singularValues : .variance)
  }
}

/// Sums that are made up of one part per row.
enum Products {
  /// How much rows move shared² / (first · second), of which each row has a part.
  static func influences(
    _ value: Double, _ shared: [Double], _ first: [Double], _ second: [Double]
  ) -> [Double] {
    let count = Double(shared.count)
    let sums = (shared.reduce(0, +), first.reduce(0, +), second.reduce(0, +))
    return shared.indices.map { row in
      value * count
        * (2 * shared[row] / sums.0 - first[row] / sums.1 - second[row] / sums.2)
    }
  }
}
