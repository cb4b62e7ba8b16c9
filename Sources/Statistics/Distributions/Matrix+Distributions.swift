import Foundation
import Tensors

/// Matrices of which each row is a distribution over the columns: attention from queries to keys, for
/// instance.
///
/// Where a row may not use all columns, its *support* is the range of those that it may.
extension Matrix {
  /// Rows of which each is uniform over its support.
  public init(uniformOver supports: [Range<Int>], columns: Int) {
    self.init(zeros: supports.count, columns)
    for (row, support) in supports.enumerated() {
      for column in support { elements[row * columns + column] = 1 / Double(support.count) }
    }
  }

  /// The matrices that the last two axes of a tensor span, without the columns behind the first
  /// `columns`: patterns of a row of a batch are padded to the longest row's keys.
  public static func blocks(_ tensor: Tensor<Double>, rows: Int, columns: Int) -> [Matrix] {
    let stride = tensor.shape.last ?? 0
    let size = max(rows * stride, 1)
    return tensor.withElements { all in
      (0..<all.count / size).map { block in
        var kept: [Double] = []
        kept.reserveCapacity(rows * columns)
        for row in 0..<rows {
          let start = block * size + row * stride
          kept += all[start..<start + min(columns, stride)]
        }
        return Matrix(rows: rows, columns: min(columns, stride), kept)
      }
    }
  }

  /// The rows and columns at these places, in this order.
  public func selecting(rows chosen: [Int], columns places: [Int]) -> Matrix {
    var picked: [Double] = []
    picked.reserveCapacity(chosen.count * places.count)
    for row in chosen {
      for column in places { picked.append(elements[row * columns + column]) }
    }
    return Matrix(rows: chosen.count, columns: places.count, picked)
  }

  /// What each row sums to.
  public var rowSums: [Double] {
    (0..<rows).map { row in
      var sum = 0.0
      for column in 0..<columns { sum += elements[row * columns + column] }
      return sum
    }
  }

  /// What the chosen columns of each row sum to.
  public func rowSums(over chosen: [Int]) -> [Double] {
    (0..<rows).map { row in
      var sum = 0.0
      for column in chosen { sum += elements[row * columns + column] }
      return sum
    }
  }

  /// The rows scaled so that they sum to one; a row that sums to less than 1e-12 becomes NaN.
  public var normalisedRows: Matrix {
    var result = self
    for (row, total) in rowSums.enumerated() {
      let factor = total < 1e-12 ? Double.nan : 1 / total
      for column in 0..<columns { result.elements[row * columns + column] *= factor }
    }
    return result
  }

  /// The same with zeros on the diagonal.
  public var withoutDiagonal: Matrix {
    var result = self
    for place in 0..<min(rows, columns) { result.elements[place * columns + place] = 0 }
    return result
  }

  /// The entropy of each row in nats, over its support.
  ///
  /// - Parameter smoothing: The share of each row that is taken away and spread evenly over its
  ///   support first.
  /// - Returns: NaN for a row without support or with a weight that is no number.
  public func rowEntropies(within supports: [Range<Int>], smoothing: Double = 0) -> [Double] {
    (0..<rows).map { row in
      let support = supports[row]
      guard !support.isEmpty else { return .nan }
      let floor = smoothing / Double(support.count)
      var sum = 0.0
      for column in support {
        let weight = (1 - smoothing) * elements[row * columns + column] + floor
        if weight > 0 { sum -= weight * log(weight) } else if weight.isNaN { return .nan }
      }
      return sum
    }
  }

  /// The greatest weight of each row; NaN for a row without columns.
  public var rowMaxima: [Double] {
    (0..<rows).map { row in
      var most = columns == 0 ? Double.nan : elements[row * columns]
      for column in 0..<columns {
        let weight = elements[row * columns + column]
        if weight > most || weight.isNaN { most = weight }
      }
      return most
    }
  }

  /// The columns that hold the greatest weight of each row within its support; several where they
  /// hold exactly the same, none where the support is empty, the weights are no numbers, or all of
  /// them are zero.
  public func rowMaximisers(within supports: [Range<Int>]) -> [[Int]] {
    (0..<rows).map { row in
      var most = 0.0
      var places: [Int] = []
      for column in supports[row] {
        let weight = elements[row * columns + column]
        if weight > most {
          most = weight
          places = [column]
        } else if weight == most, weight > 0 {
          places.append(column)
        }
      }
      return places
    }
  }

  /// The cosine of all numbers, as one long vector, with those of another matrix of the same size;
  /// NaN where one is zero.
  public func cosine(to other: Matrix) -> Double {
    precondition(rows == other.rows && columns == other.columns, "matrices of one size")
    var (product, first, second) = (0.0, 0.0, 0.0)
    for place in elements.indices {
      product += elements[place] * other.elements[place]
      first += elements[place] * elements[place]
      second += other.elements[place] * other.elements[place]
    }
    let length = (first * second).squareRoot()
    return length < 1e-12 ? .nan : product / length
  }
}
