import Tensors

/// Points whose distances are as given, as far as a few dimensions allow.
public struct Scaling: Sendable {
  /// The points as rows, around their mean, along their principal directions.
  public let points: Matrix
  /// The sum over pairs of the squared differences between given and found distances.
  public let rawStress: Double
  /// Kruskal's stress-1: the root of `rawStress` over the sum of the squared distances found; 0 is
  /// perfect, and above 0.2 is poor.
  public let stress: Double

  init(_ points: Matrix, distances: Matrix) {
    self.points = Self.aligned(points)
    var (raw, size) = (0.0, 0.0)
    let found = points.squaredDistances
    for row in 0..<distances.rows {
      for column in 0..<row {
        let distance = found[row, column].squareRoot()
        let difference = distances[row, column] - distance
        raw += difference * difference
        size += distance * distance
      }
    }
    rawStress = raw
    stress = size > 0 ? (raw / size).squareRoot() : .nan
  }

  /// Turned to the principal directions: an arrangement has no orientation of its own.
  private static func aligned(_ points: Matrix) -> Matrix {
    guard points.rows > points.columns,
      let components = try? PrincipalComponents(points, components: points.columns)
    else { return points.centred }
    return components.project(points)
  }

  /// Refuses what is no matrix of distances.
  static func check(_ distances: Matrix) throws(StatisticsError) {
    guard distances.rows == distances.columns, distances.rows >= 2 else {
      throw .shape(
        what: "the distances", expected: "[points, points], at least 2",
        found: [distances.rows, distances.columns])
    }
    if let row = distances.firstRowNotFinite { throw .notFinite(row: row) }
    for row in 0..<distances.rows {
      for column in 0...row {
        let (one, other) = (distances[row, column], distances[column, row])
        guard abs(one - other) <= 1e-8 * max(abs(one), abs(other), 1e-300), one >= 0,
          row != column || one == 0
        else { throw .notDistances(row: row, column: column) }
      }
    }
  }
}

/// Multidimensional scaling: points in a plane from distances alone.
public enum MultidimensionalScaling {
  /// Torgerson's (1952): exact where the distances are Euclidean and the dimensions suffice.
  ///
  /// - Parameter distances: symmetric, zeros on the diagonal.
  /// - Throws: `StatisticsError` when it is no matrix of distances.
  public static func classical(
    _ distances: Matrix, dimensions: Int = 2
  ) throws(StatisticsError) -> Scaling {
    try Scaling.check(distances)
    var products = distances
    for place in products.elements.indices {
      products.elements[place] *= -0.5 * products.elements[place]
    }
    let means = products.columnMeans
    let mean = means.reduce(0, +) / Double(products.rows)
    for row in 0..<products.rows {
      for column in 0..<products.columns {
        products[row, column] += mean - means[row] - means[column]
      }
    }
    let eigen = try StatisticsError.decomposing { () throws(DecompositionError) in
      try products.symmetricEigen()
    }
    let kept = Array(0..<min(dimensions, distances.rows))
    let roots = kept.map { max(eigen.values[$0], 0).squareRoot() }
    let points = eigen.vectors.selecting(rows: kept).transposed.scaling(columns: roots)
    return Scaling(points, distances: distances)
  }

  /// Metric scaling by majorisation (SMACOF; de Leeuw 1977), the best of several starts: the
  /// classical solution and random ones.
  ///
  /// - Parameters:
  ///   - distances: symmetric, zeros on the diagonal.
  ///   - starts: how many starts, the classical solution counted.
  ///   - tolerance: a start ends when its stress falls by less than this share of the sum of the
  ///     squared distances.
  /// - Throws: `StatisticsError` when it is no matrix of distances.
  public static func metric(
    _ distances: Matrix, dimensions: Int = 2, starts: Int = 5, iterations: Int = 1000,
    tolerance: Double = 1e-10, seed: UInt64
  ) throws(StatisticsError) -> Scaling {
    var best = try classical(distances, dimensions: dimensions)
    let size = distances.squaredNorm
    guard size > 0 else { return best }
    let count = distances.rows
    let scale = (size / Double(count * count)).squareRoot()
    var random = SeededGenerator(seed: seed)
    let first = best.points
    for start in 0..<max(starts, 1) {
      var points = first
      if start > 0 {
        for place in points.elements.indices {
          points.elements[place] = scale * (random.uniform() - 0.5)
        }
      }
      var before = Double.infinity
      for _ in 0..<iterations {
        let stress = improve(&points, distances)
        if before - stress < tolerance * size { break }
        before = stress
      }
      let found = Scaling(points, distances: distances)
      if found.rawStress < best.rawStress { best = found }
    }
    return best
  }

  /// One Guttman transform; returns the stress before it.
  private static func improve(_ points: inout Matrix, _ distances: Matrix) -> Double {
    let (count, width) = (points.rows, points.columns)
    let old = points.elements
    let wanted = distances.elements
    var moved = [Double](repeating: 0, count: old.count)
    var stress = 0.0
    for row in 0..<count {
      for other in 0..<row {
        var square = 0.0
        for axis in 0..<width {
          let difference = old[row * width + axis] - old[other * width + axis]
          square += difference * difference
        }
        let distance = square.squareRoot()
        let target = wanted[row * count + other]
        stress += (target - distance) * (target - distance)
        guard distance > 1e-12 else { continue }
        let ratio = target / distance / Double(count)
        for axis in 0..<width {
          let step = ratio * (old[row * width + axis] - old[other * width + axis])
          moved[row * width + axis] += step
          moved[other * width + axis] -= step
        }
      }
    }
    points.elements = moved
    return stress
  }
}
