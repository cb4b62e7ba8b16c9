import Tensors

/// How rows that belong together become one.
public enum RowMerging: String, Sendable, Hashable, CaseIterable {
  /// Their mean.
  case mean
  /// The first of them.
  case first
  /// The greatest weight of each column, scaled to sum to one.
  case max
}

extension Matrix {
  /// Rows and columns that belong together as one: columns are summed, rows merged as asked.
  ///
  /// Tokens become words so (Clark et al., 2019): attention to a word is the sum over its pieces,
  /// attention from a word the mean. An empty group of rows gives NaN, one of columns zero.
  public func merging(
    rows groups: [[Int]], columns parts: [[Int]], by merging: RowMerging = .mean
  ) -> Matrix {
    var result: [Double] = []
    result.reserveCapacity(groups.count * parts.count)
    for group in groups {
      let members = merging == .first ? Array(group.prefix(1)) : group
      var merged = [Double](repeating: group.isEmpty ? .nan : 0, count: parts.count)
      for row in members {
        for (place, pieces) in parts.enumerated() {
          var sum = 0.0
          for column in pieces { sum += elements[row * columns + column] }
          merged[place] = merging == .max ? Swift.max(merged[place], sum) : merged[place] + sum
        }
      }
      let total = merging == .max ? merged.reduce(0, +) : Double(members.count)
      if total > 0 { for place in merged.indices { merged[place] /= total } }
      result += merged
    }
    return Matrix(rows: groups.count, columns: parts.count, result)
  }
}
