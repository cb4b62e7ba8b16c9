import Tensors

/// The rotation after which coordinates are as large or as small as can be (Kaiser 1958).
public struct Varimax: Sendable {
  /// The criterion of the points as they are: the variance of squared coordinates, summed over
  /// coordinates.
  public let before: Double
  /// The greatest that was found.
  public let after: Double
  /// The rotation that gives it.
  public let rotation: Matrix
  /// How many steps were made, and whether they came to an end.
  public let steps: Int, isConverged: Bool

  /// How much the best rotation gains over the points as they are; NaN where these have no
  /// criterion.
  public var gain: Double { gain(over: before) }

  /// How much the best rotation gains over a criterion.
  public func gain(over criterion: Double) -> Double {
    criterion < 1e-300 ? .nan : (after - criterion) / criterion
  }

  /// Turns points, which should be centred, towards the axes.
  ///
  /// - Parameters:
  ///   - steps: At most so many steps.
  ///   - tolerance: The relative gain of a step at which to stop.
  /// - Throws: `StatisticsError.notFinite` when a number is not finite.
  public init(_ x: Matrix, steps limit: Int = 50, tolerance: Double = 1e-6)
    throws(StatisticsError)
  {
    if let row = x.firstRowNotFinite { throw .notFinite(row: row) }
    var rotation = Matrix(identity: x.columns)
    var turned = x
    before = Self.criterion(x)
    var (best, made, isDone) = (before, 0, x.columns < 2)
    var bestRotation = rotation
    while made < limit, !isDone, !Workers.cancellation() {
      let slopes = Self.slopes(turned)
      do throws(DecompositionError) {
        let parts = try x.times(slopes, transposed: true).singularValueDecomposition()
        rotation = parts.left.times(parts.right)
      } catch {
        break
      }
      turned = x.times(rotation)
      made += 1
      let criterion = Self.criterion(turned)
      isDone = criterion - best <= tolerance * max(best, 1e-300)
      if criterion > best { (best, bestRotation) = (criterion, rotation) }
    }
    after = best
    self.rotation = bestRotation
    steps = made
    isConverged = isDone
  }

  /// The variance of squared coordinates, summed over coordinates.
  public static func criterion(_ x: Matrix) -> Double {
    let count = Double(max(x.rows, 1))
    let (squares, fourths) = powers(x)
    return zip(squares, fourths).reduce(0) { sum, pair in
      let mean = pair.0 / count
      return sum + pair.1 / count - mean * mean
    }
  }

  private static func powers(_ x: Matrix) -> (squares: [Double], fourths: [Double]) {
    var squares = [Double](repeating: 0, count: x.columns)
    var fourths = squares
    for row in 0..<x.rows {
      for column in 0..<x.columns {
        let number = x.elements[row * x.columns + column]
        let square = number * number
        squares[column] += square
        fourths[column] += square * square
      }
    }
    return (squares, fourths)
  }

  /// The derivative of the criterion, up to a factor.
  private static func slopes(_ x: Matrix) -> Matrix {
    let means = powers(x).squares.map { $0 / Double(max(x.rows, 1)) }
    var slopes = x
    for row in 0..<x.rows {
      for column in 0..<x.columns {
        let place = row * x.columns + column
        let number = x.elements[place]
        slopes.elements[place] = number * (number * number - means[column])
      }
    }
    return slopes
  }
}
