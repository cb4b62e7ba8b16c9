import Faults
import Statistics
import Tensors
import Transformers

/// Whether the vectors at one point lie along the axes that they are written in.
public struct AxisReading: Sendable {
  /// The mean participation ratio of a vector: how many coordinates share its length.
  public var participation: Double
  /// The mean kurtosis over a vector's coordinates.
  public var kurtosis: Double
  /// The mean kurtosis less that behind random rotations, with its interval over rows: 0 where no
  /// axis is privileged.
  public var gap: Estimate
  /// The share of the variance of the coordinate that has most.
  public var topShare: Double
  /// Coordinates whose mean or root mean square is more than six times the median.
  public var outliers: [Int]
  /// How much the best rotation gains in the varimax criterion over the axes as they are, and over
  /// random ones.
  public var varimaxGain: Double, rotatedVarimaxGain: Double
}

/// Whether single coordinates follow a label.
public struct AxisLabelReading: Sendable {
  /// The label.
  public var label: String
  /// The mean over the label's columns of the greatest |correlation| that a coordinate has with it.
  public var aligned: Double
  /// The same after random rotations.
  public var test: PermutationResult
  /// The same rotation by rotation.
  public var null: [Double]
}

/// Random rotations of some width.
public struct Rotations: Sendable {
  let matrices: [Matrix]

  /// So many of them.
  ///
  /// - Throws: `Fault` never in practice: the numbers that they are made of are finite.
  public init(_ count: Int, width: Int, seed: UInt64) throws(Fault) {
    var generator = SeededGenerator(seed: seed, name: "rotations of width \(width)")
    var all: [Matrix] = []
    for _ in 0..<count {
      if Workers.cancellation() { throw .interrupted }
      all.append(
        try onNumbers { () throws(StatisticsError) in
          try Matrix.randomOrthogonal(width, using: &generator)
        })
    }
    matrices = all
  }
}

extension AxisSample {
  /// The shape of the vectors at a point.
  ///
  /// - Parameters:
  ///   - dropped: How many coordinates of the greatest variance are left out.
  ///   - rotations: Of the width that is left.
  /// - Throws: `Fault` when a number is not finite, or the user stopped it.
  public func shape(
    at point: Int, without dropped: Int, rotations: Rotations, seed: UInt64
  ) throws(Fault) -> AxisReading {
    let raw = vectors[point].selecting(columns: kept(at: [point], without: dropped))
    let x = raw.centred
    let varimax = try onNumbers { () throws(StatisticsError) in try Varimax(x) }
    if Workers.cancellation() { throw .interrupted }
    let kurtosis = AxisShape.kurtosis(x)
    var rotated = [Double](repeating: 0, count: x.rows)
    var criterion = 0.0
    let count = Double(rotations.matrices.count)
    for rotation in rotations.matrices {
      let turned = x.times(rotation)
      for (index, value) in AxisShape.kurtosis(turned).enumerated() {
        rotated[index] += value / count
      }
      criterion += Varimax.criterion(turned) / count
    }
    var (sums, counts) = (
      [Double](repeating: 0, count: rowCount), [Double](repeating: 0, count: rowCount)
    )
    for (index, row) in rows.enumerated() where !kurtosis[index].isNaN {
      sums[row] += kurtosis[index] - rotated[index]
      counts[row] += 1
    }
    return AxisReading(
      participation: Self.mean(AxisShape.participation(x)), kurtosis: Self.mean(kurtosis),
      gap: Bootstrap.ratio(sums, counts, seed: seed), topShare: AxisShape.topShare(x),
      outliers: AxisShape.outliers(raw), varimaxGain: varimax.gain,
      rotatedVarimaxGain: varimax.gain(over: criterion))
  }

  /// How single coordinates at a point follow each label.
  ///
  /// - Parameters:
  ///   - dropped: How many coordinates of the greatest variance are left out.
  ///   - rotations: Of the width that is left.
  public func labels(at point: Int, without dropped: Int = 0, rotations: Rotations)
    -> [AxisLabelReading]
  {
    let x = vectors[point].selecting(columns: kept(at: [point], without: dropped)).centred
    let turned = rotations.matrices.map { x.times($0) }
    return labels.map { label in
      let aligned = Self.mean(LabelCorrelation.greatest(x, label.values))
      let null = turned.map { Self.mean(LabelCorrelation.greatest($0, label.values)) }
      return AxisLabelReading(
        label: label.name, aligned: aligned,
        test: PermutationTest.result(observed: aligned, null: null), null: null)
    }
  }

  /// Whether coordinates keep their meaning from one point to another; every second row is left out
  /// of fitting.
  ///
  /// - Parameter dropped: How many coordinates of the greatest variance, in both together, are left out.
  /// - Throws: `Fault` when a stream is constant or holds NaN.
  public func keeping(from first: Int, to second: Int, without dropped: Int = 0)
    throws(Fault) -> AxisKeeping
  {
    let columns = kept(at: [first, second], without: dropped)
    let heldOut =
      Set(rows).count > 1
      ? rows.map { $0 % 2 == 1 } : rows.indices.map { $0 % 2 == 1 }
    return try onNumbers { () throws(StatisticsError) in
      try AxisKeeping(
        vectors[first].selecting(columns: columns), vectors[second].selecting(columns: columns),
        heldOut: heldOut)
    }
  }

  /// The coordinates at some points without those that have the greatest share of the variance there.
  private func kept(at points: [Int], without dropped: Int) -> [Int] {
    let width = vectors[points[0]].columns
    var shares = [Double](repeating: 0, count: width)
    for point in points {
      let variances = AxisShape.variances(vectors[point])
      let sum = max(variances.reduce(0, +), 1e-300)
      for column in shares.indices { shares[column] += variances[column] / sum }
    }
    let order = shares.indices.sorted { (shares[$0], $1) > (shares[$1], $0) }
    return order.dropFirst(dropped).sorted()
  }

  /// The mean of those that are numbers.
  private static func mean(_ values: [Double]) -> Double {
    let kept = values.filter { !$0.isNaN }
    return kept.isEmpty ? .nan : kept.reduce(0, +) / Double(kept.count)
  }
}
