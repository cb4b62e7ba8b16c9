extension AnyTensor {
  /// The rows, runs along the last axis, that hold NaN or an infinity, in ascending order.
  ///
  /// What lies in a file is read where it lies: nothing is copied.
  public var rowsNotFinite: [Int] {
    switch self {
    case .single(let tensor): tensor.rowsNotFinite
    case .double(let tensor): tensor.rowsNotFinite
    }
  }
}

extension Tensor {
  fileprivate var rowsNotFinite: [Int] {
    let (rows, width) = (leadingCount, lastCount)
    var isFinite = [Bool](repeating: true, count: rows)
    isFinite.withUnsafeMutableBufferPointer { flags in
      guard let flags = flags.baseAddress else { return }
      read { elements in
        Workers.split(rows, work: count) { rows in
          for row in rows {
            // NaN and infinities are all that does not become zero here.
            var sum = Vector<Element>()
            for place in stride(from: 0, to: width, by: 8) {
              let numbers = elements + (row * width + place)
              sum += Vector(at: numbers, upTo: width - place, filler: 0) * 0
            }
            flags[row] = sum.sum() == 0
          }
        }
      }
    }
    return isFinite.indices.filter { !isFinite[$0] }
  }
}
