extension Kernels {
  /// Softmax over the last axis, in place.
  ///
  /// A run whose entries are all -infinity becomes zeros.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func softmax<E: Scalar>(_ x: inout Tensor<E>) {
    let (runs, width) = (x.leadingCount, x.lastCount)
    x.mutate { x in
      Workers.split(runs, work: runs * width * 8) { part in
        for run in part { SoftmaxRow.apply(x + run * width, count: width) }
      }
    }
  }

  /// The logarithm of the sum of the exponentials over the last axis, one per leading index.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func logSumExp<E: Scalar>(_ x: Tensor<E>) -> [E] {
    let (runs, width) = (x.leadingCount, x.lastCount)
    return Array(unsafeUninitializedCapacity: runs) { result, count in
      x.read { x in
        Workers.split(runs, work: runs * width * 8) { part in
          for run in part {
            result.initializeElement(
              at: run, to: SoftmaxRow.logSumExp(x + run * width, count: width))
          }
        }
      }
      count = runs
    }
  }

  /// The `k` largest entries of one run of the last axis, largest first; of equal ones the lower
  /// index comes first.
  ///
  /// NaN is never among them.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func topK<E: Scalar>(
    _ x: Tensor<E>, _ k: Int, row: Int = 0
  ) -> [(index: Int, value: E)] {
    precondition(row >= 0 && row < x.leadingCount, "row outside of the tensor")
    let width = x.lastCount
    return x.read { TopEntries.find($0 + row * width, count: width, limit: k) }
  }
}

/// Selection of the largest entries of a run.
enum TopEntries {
  static func find<E: Scalar>(
    _ x: UnsafePointer<E>, count: Int, limit: Int
  ) -> [(index: Int, value: E)] {
    var best: [(index: Int, value: E)] = []
    let limit = min(limit, count)
    if limit <= 0 { return [] }
    if limit > 256 { return sorted(x, count: count, limit: limit) }
    for index in 0..<count {
      let value = x[index]
      if value.isNaN { continue }
      if best.count == limit {
        if value <= best[limit - 1].value { continue }
        best.removeLast()
      }
      var place = best.count
      while place > 0, best[place - 1].value < value { place -= 1 }
      best.insert((index, value), at: place)
    }
    return best
  }

  private static func sorted<E: Scalar>(
    _ x: UnsafePointer<E>, count: Int, limit: Int
  ) -> [(index: Int, value: E)] {
    var order = (0..<count).filter { !x[$0].isNaN }
    order.sort { x[$0] != x[$1] ? x[$0] > x[$1] : $0 < $1 }
    return order.prefix(limit).map { ($0, x[$0]) }
  }
}
