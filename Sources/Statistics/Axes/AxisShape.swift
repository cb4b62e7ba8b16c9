import Tensors

/// How much vectors lie along the axes that they are written in.
public enum AxisShape {
  /// (Σx²)² / Σx⁴ of each row: 1 when one coordinate has everything, the width when all have the
  /// same; NaN of a row of zeros.
  public static func participation(_ x: Matrix) -> [Double] {
    moments(x).map { $0.fourth < 1e-300 ? .nan : $0.second * $0.second / $0.fourth }
  }

  /// width · Σx⁴ / (Σx²)² of each row; NaN of a row of zeros.
  public static func kurtosis(_ x: Matrix) -> [Double] {
    moments(x).map { row in
      row.fourth < 1e-300 ? .nan : Double(x.columns) * row.fourth / (row.second * row.second)
    }
  }

  /// The mean kurtosis of vectors without any direction of their own: 3d / (d + 2).
  public static func kurtosisOfNoise(width: Int) -> Double {
    3 * Double(width) / Double(width + 2)
  }

  /// The share that the coordinate with the greatest variance has of all variance; NaN without any.
  public static func topShare(_ x: Matrix) -> Double {
    let variances = variances(x)
    let sum = variances.reduce(0, +)
    return sum < 1e-300 ? .nan : (variances.max() ?? 0) / sum
  }

  /// The variance of each coordinate.
  public static func variances(_ x: Matrix) -> [Double] {
    let means = x.columnMeans
    var sums = [Double](repeating: 0, count: x.columns)
    for row in 0..<x.rows {
      for column in 0..<x.columns {
        let difference = x.elements[row * x.columns + column] - means[column]
        sums[column] += difference * difference
      }
    }
    return sums.map { $0 / Double(max(x.rows, 1)) }
  }

  /// The coordinates whose mean or root mean square is more than `factor` times the median of those
  /// of all coordinates; x must not be centred.
  public static func outliers(_ x: Matrix, factor: Double = 6) -> [Int] {
    var squares = [Double](repeating: 0, count: x.columns)
    for row in 0..<x.rows {
      for column in 0..<x.columns {
        let number = x.elements[row * x.columns + column]
        squares[column] += number * number
      }
    }
    let sizes = squares.map { ($0 / Double(max(x.rows, 1))).squareRoot() }
    let means = x.columnMeans.map(abs)
    let (limit, meanLimit) = (factor * median(sizes), factor * median(means))
    return sizes.indices.filter { column in
      sizes[column] > limit && limit > 0 || means[column] > meanLimit && meanLimit > 0
    }
  }

  private static func median(_ numbers: [Double]) -> Double {
    Quantile.of(sorted: numbers.sorted(), 0.5)
  }

  private static func moments(_ x: Matrix) -> [(second: Double, fourth: Double)] {
    (0..<x.rows).map { row in
      var (second, fourth) = (0.0, 0.0)
      for column in 0..<x.columns {
        let number = x.elements[row * x.columns + column]
        let square = number * number
        second += square
        fourth += square * square
      }
      return (second, fourth)
    }
  }
}
