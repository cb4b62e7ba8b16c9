import Tensors

/// What a statistic is when nothing is there to be found, and how far the observed one stands out.
public struct PermutationResult: Sendable, Hashable {
  /// The statistic of the data as they are.
  public let observed: Double
  /// Its mean over permutations.
  public let nullMean: Double
  /// Its standard deviation over permutations.
  public let nullDeviation: Double
  /// The share of permutations, the observed order counted as one of them, that are as extreme.
  public let p: Double
  /// How many permutations had a value.
  public let permutations: Int

  /// The same without a p-value, for samples that are too small to have one.
  public var withoutP: PermutationResult {
    PermutationResult(
      observed: observed, nullMean: nullMean, nullDeviation: nullDeviation, p: .nan,
      permutations: permutations)
  }
}

/// Tests by exchanging what would be exchangeable if there were no effect (Fisher; p as of Phipson
/// and Smyth 2010, Permutation P-values Should Never Be Zero).
public enum PermutationTest {
  /// Fewer units, such as texts, are not enough for a discovery.
  public static let leastUnits = 4
  /// How often something is permuted at least.
  public static let least = 1000

  /// How often something is to be permuted so that one of `lines` numbers that are corrected together
  /// can be found at all.
  ///
  /// The least p of n permutations is 1 / (n + 1), and the first of m lines needs p ≤ q / m
  /// (Benjamini and Hochberg 1995).
  ///
  /// - Parameters:
  ///   - q: The share of false discoveries that is allowed.
  ///   - least: No fewer in any case.
  public static func permutations(
    lines: Int, q: Double = 0.05, least: Int = PermutationTest.least
  ) -> Int {
    max(least, Int((Double(max(lines, 1)) / q).rounded(.up)))
  }

  /// What counts as extreme.
  public enum Tail: Sendable, Hashable {
    /// As great as observed.
    case greater
    /// As small as observed.
    case less
    /// As far from the mean of the null as observed.
    case either
  }

  /// The result for an observed statistic and those of the null; NaN among the latter is left out.
  public static func result(
    observed: Double, null: [Double], tail: Tail = .greater
  ) -> PermutationResult {
    let values = null.filter { !$0.isNaN }
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(count - 1, 1)
    // Equal values must count as equal although they were summed in another order.
    let slack = 1e-12 * max(observed.magnitude, 1)
    let extreme = values.count { value in
      switch tail {
      case .greater: value >= observed - slack
      case .less: value <= observed + slack
      case .either: (value - mean).magnitude >= (observed - mean).magnitude - slack
      }
    }
    let p = observed.isNaN ? Double.nan : (1 + Double(extreme)) / (1 + count)
    return PermutationResult(
      observed: observed, nullMean: mean,
      nullDeviation: values.isEmpty ? .nan : variance.squareRoot(),
      p: p, permutations: values.count)
  }

  /// Permutes what belongs to each of `count` items.
  ///
  /// - Parameter statistic: gets for each item the index of the item whose label it takes; first
  ///   the identity.
  public static func run(
    count: Int, permutations: Int = least, tail: Tail = .greater, seed: UInt64,
    statistic: ([Int]) -> Double
  ) -> PermutationResult {
    var random = SeededGenerator(seed: seed)
    let observed = statistic(Array(0..<count))
    let null = (0..<permutations).map { _ in statistic(random.permutation(count)) }
    return result(observed: observed, null: null, tail: tail)
  }

  /// Whether two groups of units have different means.
  public static func difference(
    _ first: [Double], _ second: [Double], permutations: Int = least, tail: Tail = .either,
    seed: UInt64
  ) -> PermutationResult {
    let all = first + second
    let total = all.reduce(0, +)
    return run(count: all.count, permutations: permutations, tail: tail, seed: seed) { places in
      var sum = 0.0
      for place in places.prefix(first.count) { sum += all[place] }
      return sum / Double(first.count) - (total - sum) / Double(second.count)
    }
  }

  /// Whether paired differences have a mean other than zero: their signs are drawn anew.
  ///
  /// - Parameter lines: How many such tests are corrected together.
  public static func paired(
    _ differences: [Double], lines: Int, tail: Tail = .either, seed: UInt64
  ) -> PermutationResult {
    let permutations = Self.permutations(lines: lines)
    var random = SeededGenerator(seed: seed)
    let count = Double(differences.count)
    let null = (0..<permutations).map { _ in
      differences.reduce(0) { $0 + (random.next() & 1 == 0 ? $1 : -$1) } / count
    }
    return result(observed: differences.reduce(0, +) / count, null: null, tail: tail)
  }

  /// The p-values of many statistics of different kinds, corrected by the greatest of each
  /// permutation, each statistic in standard deviations from its mean over all orders, the observed
  /// one among them (Westfall and Young 1993): as few as 19 permutations can find one of any number.
  ///
  /// - Parameters:
  ///   - observed: One for each statistic, great ones being of interest; NaN stays NaN.
  ///   - null: For each statistic its values, permutation by permutation.
  public static func standardisedMaximum(observed: [Double], null: [[Double]]) -> [Double] {
    let scores = zip(observed, null).map { own, others -> [Double] in
      let all = [own] + others
      let mean = all.reduce(0, +) / Double(all.count)
      let squares = all.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let deviation = (squares / Double(max(all.count - 1, 1))).squareRoot()
      return all.map { deviation > 0 ? ($0 - mean) / deviation : .nan }
    }
    let count = null.map(\.count).min() ?? 0
    return maximum(
      observed: scores.map { $0[0] },
      null: (0..<count).map { place in scores.map { $0[place + 1] } })
  }

  /// The p-values of many statistics, corrected by the greatest of each permutation (Westfall and
  /// Young 1993): what may be said of the best of all heads.
  ///
  /// - Parameters:
  ///   - observed: one for each statistic, great ones being of interest; NaN stays NaN.
  ///   - null: for each permutation as many.
  public static func maximum(observed: [Double], null: [[Double]]) -> [Double] {
    let greatest = null.compactMap { $0.lazy.filter { !$0.isNaN }.max() }
    return observed.map { result(observed: $0, null: greatest).p }
  }
}
