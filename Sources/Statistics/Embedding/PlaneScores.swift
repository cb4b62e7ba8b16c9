import Tensors

/// What belongs beside a picture of labelled points: how well the labels can be told apart in the
/// points themselves, and in the plane.
public struct PlaneScores: Sendable {
  /// The accuracy of a linear classifier on points that it was not fitted on, of the points
  /// themselves.
  public let accuracy: Estimate
  /// The accuracy with the labels in random orders, with the range of 95 % of them.
  public let null: Estimate
  /// The share of random orders that are as accurate.
  public let p: Double
  /// The share of the most frequent label: what always giving that one would reach.
  public let majority: Double
  /// The share of neighbours with the same label, of the points themselves.
  public let purity: Double
  /// The same in the plane.
  public let planePurity: Double
  /// Both by chance.
  public let chance: Double
  /// How many points were looked at: all, or as many as were drawn of more.
  public let count: Int

  /// The most points that are looked at.
  public static let most = 4_000

  /// Scores points and their places in a plane.
  ///
  /// Of more than `most` points so many are drawn. With fewer than two labels, or one for every
  /// point, all are NaN: there is nothing to tell apart.
  ///
  /// - Parameters:
  ///   - labels: one for each point, from 0.
  ///   - units: the unit, such as the sentence, of each point: units are held out as a whole, and
  ///     resampled for the interval. Each point is one where it is nil.
  /// - Throws: `StatisticsError` when a number is not finite.
  public init(
    points: Matrix, plane: Matrix, labels: [Int], units: [Int]? = nil, neighbors: Int = 10,
    seed: UInt64 = 0
  ) throws(StatisticsError) {
    var (points, plane, labels, units) = (points, plane, labels, units)
    if labels.count > Self.most {
      var random = SeededGenerator(seed: seed, name: "scored points")
      let rows = random.sample(Self.most, of: labels.count).sorted()
      points = points.selecting(rows: rows)
      plane = plane.selecting(rows: rows)
      labels = rows.map { labels[$0] }
      units = units.map { units in rows.map { units[$0] } }
    }
    count = labels.count
    let different = Set(labels).count
    let unitCount = units.map { Set($0).count } ?? labels.count
    guard different > 1, different < labels.count, unitCount > 1 else {
      accuracy = Estimate(value: .nan, low: .nan, high: .nan)
      null = accuracy
      (p, majority, purity, planePurity, chance) = (.nan, .nan, .nan, .nan, .nan)
      return
    }
    let folds =
      units.map { Folds(groups: $0, count: 5, seed: seed) }
      ?? Folds(labels: labels, count: 5, seed: seed)
    let separability = try Separability(points, labels: labels, folds: folds)
    var sums: [Int: (hits: Double, count: Double)] = [:]
    for (point, hit) in separability.hits.enumerated() {
      let old = sums[units?[point] ?? point] ?? (0, 0)
      sums[units?[point] ?? point] = (old.hits + hit, old.count + 1)
    }
    let ordered = sums.sorted { $0.key < $1.key }.map(\.value)
    accuracy = Bootstrap.ratio(ordered.map(\.hits), ordered.map(\.count), seed: seed)
    (null, p) = separability.null(seed: seed)
    majority = separability.majority
    let own = try NeighborPurity(points, labels: labels, neighbors: neighbors)
    purity = own.mean
    chance = own.chance
    planePurity = try NeighborPurity(plane, labels: labels, neighbors: neighbors).mean
  }
}
