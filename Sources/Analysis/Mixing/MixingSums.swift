import Faults
import Statistics
import Tensors
import Transformers

/// The mixing ratios of attentions over many rows: sums for each row, from which means and their
/// intervals over rows come.
public struct MixingSums: Sendable {
  /// The attentions.
  public let places: [AttentionPlace]
  /// The variants.
  public let variants: [MixingVariant]
  /// For each row, and each place and variant in it, the sum over tokens.
  private var sums: Matrix
  /// How many tokens each sum goes over.
  private var counts: Matrix
  private var least: [Double]
  private var most: [Double]
  private var missing: [Int]
  /// The largest deviation of the summands from what attention wrote.
  public private(set) var deviation = 0.0

  /// The ratios of one attention in one variant.
  public struct Reading: Sendable {
    /// The mean over all tokens with its interval over rows.
    public var mean: Estimate
    /// The mean over rows of each row's own mean.
    public var meanOfRows: Double
    /// The least and the greatest ratio of a token.
    public var least: Double, most: Double
    /// How many tokens have no ratio.
    public var skipped: Int
  }

  /// Nothing yet, for so many rows.
  public init(rows: Int, places: [AttentionPlace], variants: [MixingVariant]) {
    self.places = places
    self.variants = variants
    let columns = places.count * variants.count
    sums = Matrix(zeros: rows, columns)
    counts = Matrix(zeros: rows, columns)
    least = [Double](repeating: .infinity, count: columns)
    most = [Double](repeating: -.infinity, count: columns)
    missing = [Int](repeating: 0, count: columns)
  }

  /// Adds the ratios of some queries of a row.
  public mutating func add(_ terms: AttentionTerms, row: Int, queries: [Int]) {
    guard let place = places.firstIndex(of: terms.place) else { return }
    deviation = max(deviation, terms.deviation)
    for (index, variant) in variants.enumerated() {
      let column = place * variants.count + index
      let ratios = terms.mixing(variant)
      for query in queries {
        let ratio = ratios[query]
        guard ratio.isFinite else {
          missing[column] += 1
          continue
        }
        sums[row, column] += ratio
        counts[row, column] += 1
        least[column] = min(least[column], ratio)
        most[column] = max(most[column], ratio)
      }
    }
  }

  /// What came of a place and a variant.
  public func reading(_ place: Int, _ variant: MixingVariant, seed: UInt64) -> Reading? {
    guard let index = variants.firstIndex(of: variant) else { return nil }
    let column = place * variants.count + index
    let (tops, bottoms) = (sums.column(column), counts.column(column))
    guard bottoms.contains(where: { $0 > 0 }) else { return nil }
    let means = zip(tops, bottoms).filter { $0.1 > 0 }.map { $0.0 / $0.1 }
    return Reading(
      mean: Bootstrap.ratio(tops, bottoms, seed: seed),
      meanOfRows: means.reduce(0, +) / Double(means.count), least: least[column],
      most: most[column], skipped: missing[column])
  }

  /// The mean over all tokens and places; NaN where there are none.
  public func overall(_ variant: MixingVariant) -> Double {
    guard let index = variants.firstIndex(of: variant) else { return .nan }
    var (sum, count) = (0.0, 0.0)
    for place in places.indices {
      sum += sums.column(place * variants.count + index).reduce(0, +)
      count += counts.column(place * variants.count + index).reduce(0, +)
    }
    return count == 0 ? .nan : sum / count
  }
}

extension Experiment {
  /// The mixing ratios of all attentions over rows.
  ///
  /// - Parameter keepsSpecial: Whether tokens that the tokenizer's template brought count as
  ///   receivers; they are always among what others receive.
  public func mixingSums(
    over rows: [AnnotatedRow], _ variants: [MixingVariant], keepsSpecial: Bool = true,
    progress: (Int, Int) throws(Fault) -> Void = { _, _ in }
  ) throws(Fault) -> MixingSums {
    let places = model.description.attentionPlaces
    var sums = MixingSums(rows: rows.count, places: places, variants: variants)
    try eachTerms(over: rows, places, progress: progress) { index, terms in
      let tokens = rows[index].row.extent(
        of: terms.place.site(.attn), in: model.description
      ).tokens
      let queries = tokens.indices.filter { keepsSpecial || tokens[$0].origin != .template }
      sums.add(terms, row: index, queries: queries)
    }
    return sums
  }
}

extension ModelDescription {
  /// The mixing ratio that fits how the model is built: through the norm where the sum is normalised
  /// at once, else without.
  public var fittingMixing: MixingVariant {
    let isPostNorm = attentionPlaces.contains { norms(at: $0).stream != nil }
    return isPostNorm ? .normedNorms : .residualNorms
  }
}
