import Tensors

extension ViewComparison {
  /// The similarities of all pairs of two lists of views, such as the layers of two models.
  ///
  /// - Parameters:
  ///   - second: nil for the same as the first: then each pair is compared once.
  ///   - step: called before each pair with its number.
  /// - Returns: first views × second views; for `pwcca` the mean of both directions. `nullMean` is
  ///   the mean similarity in random order of a few of the pairs.
  /// - Throws: as the initialiser, and what `step` throws as `.interrupted`.
  public static func grid(
    _ first: [Matrix], _ second: [Matrix]?, _ settings: Settings,
    step: (Int) throws(StatisticsError) -> Void = { _ throws(StatisticsError) in }
  ) throws(StatisticsError) -> (similarities: Matrix, nullMean: Double, notes: [String]) {
    var plain = settings
    (plain.shuffles, plain.resamples) = (0, 0)
    var (notes, null) = ([String](), [Double]())
    let views = settings.method.isCorrelation && !settings.isReduced && !settings.isReleased
    // The released code weighs by the first side, and reduced views are fitted on one half.
    let isMirrored = second == nil && (views || !settings.method.isCorrelation)
    let second = second ?? first
    var result = Matrix(zeros: first.count, second.count)
    let left = views ? try Comparisons.views(first, settings) : []
    let right = isMirrored ? left : views ? try Comparisons.views(second, settings) : []
    var random = SeededGenerator(seed: settings.seed)
    let pairs = first.count * second.count
    let shuffles = settings.shuffles ?? 20
    let every = max(pairs / max(shuffles, 1), 1)
    for (name, views) in [("first", first), ("second", second)] {
      if let place = views.firstIndex(where: \.isConstant) {
        throw .constant(what: "view \(place) of the \(name) side")
      }
    }
    for pair in 0..<pairs {
      try step(pair)
      let (row, column) = (pair / second.count, pair % second.count)
      if isMirrored, column < row {
        result[row, column] = result[column, row]
        continue
      }
      if views {
        let comparison = try CorrelationComparison(left[row], right[column], settings.method)
        result[row, column] = try comparison.values(nil).last ?? .nan
        let rank = max(comparison.ranks.first, comparison.ranks.second)
        let count = left[row].count
        guard count >= 2 * rank else {
          throw .tooFew(what: "rows for \(rank) directions", count: count, least: 2 * rank)
        }
        if count < 10 * rank, notes.isEmpty {
          notes.append(
            "\(count) rows for \(rank) directions: fewer than 10 for each, so that the "
              + "correlations are too high")
        }
        if shuffles > 0, pair % every == 0 {
          null.append(try comparison.values(random.permutation(count)).last ?? .nan)
        }
      } else {
        plain.shuffles = shuffles > 0 && pair % every == 0 ? 1 : 0
        let found = try ViewComparison(first[row], second[column], plain)
        result[row, column] = found.score.similarity.value
        if (plain.shuffles ?? 0) > 0 { null.append(found.score.null) }
        for note in found.notes where !notes.contains(note) { notes.append(note) }
      }
    }
    return (result, null.reduce(0, +) / Double(null.count), notes)
  }
}
