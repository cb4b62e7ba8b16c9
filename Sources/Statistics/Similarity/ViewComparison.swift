import Tensors

/// Two views of the same occurrences compared, with all that belongs to the number: its interval,
/// what chance gives, and what is to be said of the sample.
///
/// Correlations rise with the number of directions. From 10 rows per direction on nothing is said;
/// below, a note; below 2 the comparison is refused, and `Settings.isReduced` or kernel alignment
/// are what is left.
public struct ViewComparison: Sendable {
  /// What is formed of the two views.
  public enum Method: String, Sendable, CaseIterable {
    /// Correlations weighted by what their variates account for.
    case pwcca
    /// The mean of all correlations.
    case cca
    /// The mean of the correlations of the greatest directions.
    case svcca
    /// Kernel alignment, unbiased.
    case cka
    /// Kernel alignment with its bias.
    case biasedCKA = "cka-biased"
    /// Kernel alignment by Gaussian kernels.
    case gaussianCKA = "cka-rbf"
    /// Kernel alignment, unbiased, in batches.
    case batchedCKA = "cka-batched"
    /// What a rotation and a scale explain.
    case procrustes

    /// Whether it works on canonical correlations.
    public var isCorrelation: Bool { [.pwcca, .cca, .svcca].contains(self) }
  }

  /// How views are compared.
  public struct Settings: Sendable {
    /// What is formed.
    public var method = Method.pwcca
    /// Whether the numbers are those of the code released with the papers.
    public var isReleased = false
    /// Whether `cca` is what the released `robust_cca_similarity` makes of it.
    public var isRobust = false
    /// Whether both views are first reduced to principal components that are fitted on one half of
    /// the rows; the comparison is made on the other.
    public var isReduced = false
    /// The share of the variance that `svcca` and a reduction keep.
    public var share = 0.99
    /// The width of Gaussian kernels, in median distances.
    public var bandwidth = 0.5
    /// The rows of a batch.
    public var batch = 256
    /// How often rows are put in random order for the null; nil for as often as it takes to find one
    /// of the scores, which are corrected together.
    public var shuffles: Int?
    /// How often units are resampled for the interval.
    public var resamples = Bootstrap.resamples
    /// The seed of all that is random.
    public var seed: UInt64 = 0
    /// The unit, such as the sentence, of each row; each row is one where it is nil.
    public var units: [Int]?

    /// The usual settings.
    public init(_ method: Method = .pwcca) { self.method = method }
  }

  /// One similarity with its interval and its null.
  public struct Score: Sendable {
    /// Which view weighs: `first`, `second`, `mean`; empty where none does.
    public let weights: String
    /// From 0 to 1; the unbiased alignments may lie a little below 0.
    public let similarity: Estimate
    /// The mean similarity when the rows of one view are in random order.
    public let null: Double
    /// The distance at that similarity.
    public let nullDistance: Double
    /// The share of random orders that are as similar (one-sided).
    public let p: Double

    /// 1 less the similarity; for `procrustes` twice that, the squared distance that is left.
    public let distance: Double
    /// The distance as a share of that of unrelated views.
    public var correctedDistance: Double {
      let unrelated = 1 - null
      if unrelated < Bootstrap.leastDenominator { return .nan }
      return distance == 0 ? 0 : (1 - similarity.value) / unrelated
    }
  }

  /// How often rows are put in random order at least, unless told otherwise.
  static let leastShuffles = 40

  /// The scores: for `pwcca` weighted by the first view, by the second, and the mean of both; one
  /// for everything else.
  public let scores: [Score]
  /// How many rows were compared.
  public let count: Int
  /// The numbers of directions that were compared.
  public let ranks: (first: Int, second: Int)
  /// What must be said with the numbers.
  public let notes: [String]

  /// The score to report when only one is wanted.
  public var score: Score { scores[scores.count - 1] }

  /// Compares two views, points as rows.
  ///
  /// - Throws: `StatisticsError.tooFew` below two rows per direction; other cases when a number is
  ///   not finite, all columns of a view are constant, or the numbers of rows differ.
  public init(
    _ first: Matrix, _ second: Matrix, _ settings: Settings = Settings()
  ) throws(StatisticsError) {
    guard first.rows == second.rows else {
      throw .shape(
        what: "the second view", expected: "[\(first.rows), width]",
        found: [second.rows, second.columns])
    }
    for (name, view) in [("first", first), ("second", second)] where view.isConstant {
      throw .constant(what: "the \(name) view")
    }
    precondition(settings.units.map { $0.count == first.rows } ?? true, "a unit for each row")
    var (first, second, units) = (first, second, settings.units)
    var notes: [String] = []
    if settings.isReduced {
      let halves = Folds(groups: units ?? Array(0..<first.rows), count: 2, seed: settings.seed)
      guard halves.count == 2 else { throw .tooFew(what: "units to hold out", count: 1, least: 2) }
      let (fitted, compared) = (halves.held(0), halves.held(1))
      first = try Self.reduced(first, fitted, compared, settings.share)
      second = try Self.reduced(second, fitted, compared, settings.share)
      units = units.map { units in compared.map { units[$0] } }
      notes.append(
        "reduced to \(first.columns) and \(second.columns) principal components, fitted on the "
          + "\(fitted.count) rows that are not compared")
    }
    let comparison = try Comparisons.make(first, second, settings)
    let rank = max(comparison.ranks.first, comparison.ranks.second)
    if settings.method.isCorrelation {
      guard first.rows >= 2 * rank else {
        throw .tooFew(
          what: "rows for \(rank) directions", count: first.rows, least: 2 * rank)
      }
      if first.rows < 10 * rank {
        notes.append(
          "\(first.rows) rows for \(rank) directions: fewer than 10 for each, so that the "
            + "correlations are too high; compare with the null")
      }
    }
    var random = SeededGenerator(seed: settings.seed)
    var null: [[Double]] = []
    let shuffles =
      settings.shuffles
      ?? PermutationTest.permutations(
        lines: comparison.names.count, least: Self.leastShuffles)
    for _ in 0..<shuffles {
      null.append(try comparison.values(random.permutation(first.rows)))
    }
    let values = try comparison.values(nil)
    // Costs a decomposition of its own: only where an interval is wanted.
    let influences = settings.resamples > 0 ? comparison.influences : []
    scores = comparison.names.enumerated().map { place, name in
      let test = PermutationTest.result(observed: values[place], null: null.map { $0[place] })
      return Score(
        weights: name,
        similarity: Self.interval(
          values[place], influences.isEmpty ? [] : influences[place], units, settings),
        null: test.nullMean,
        nullDistance: Self.distance(test.nullMean, settings.method), p: test.p,
        distance: Self.distance(values[place], settings.method))
    }
    count = first.rows
    ranks = comparison.ranks
    self.notes = notes + comparison.notes
  }

  /// What lies within rounding of no distance is none.
  private static func distance(_ similarity: Double, _ method: Method) -> Double {
    let distance = (method == .procrustes ? 2 : 1) * (1 - similarity)
    return abs(distance) < 1e-12 ? 0 : distance
  }

  /// The interval of a value by how much each row moves it, without forming it anew: the mean of
  /// the influences over resampled units, to first order.
  private static func interval(
    _ value: Double, _ influences: [Double], _ units: [Int]?, _ settings: Settings
  ) -> Estimate {
    guard !influences.isEmpty, !value.isNaN else {
      return Estimate(value: value, low: .nan, high: .nan)
    }
    var place: [Int: Int] = [:]
    var (sums, counts) = ([Double](), [Double]())
    for (row, influence) in influences.enumerated() {
      let unit = units?[row] ?? row
      let index = place[unit] ?? sums.count
      if index == sums.count {
        place[unit] = index
        sums.append(0)
        counts.append(0)
      }
      sums[index] += influence
      counts[index] += 1
    }
    let shift = Bootstrap.ratio(
      sums, counts, resamples: settings.resamples, seed: settings.seed)
    return Estimate(
      value: value, low: min(value + shift.low, 1), high: min(value + shift.high, 1))
  }

  private static func reduced(
    _ view: Matrix, _ fitted: [Int], _ compared: [Int], _ share: Double
  ) throws(StatisticsError) -> Matrix {
    let components = try PrincipalComponents(
      view.selecting(rows: fitted), components: max(compared.count / 10, 1))
    guard components.totalVariance > 0 else { throw .constant(what: "a view") }
    let kept = min(components.count(holding: share), components.directions.rows)
    return components.project(view.selecting(rows: compared))
      .selecting(columns: Array(0..<kept))
  }
}
