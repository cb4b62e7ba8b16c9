extension TensorValue {
  /// The tensor of `operation` applied to each number.
  ///
  /// Float32 stays float32.
  public func mapping(_ operation: (Double) -> Double) -> TensorValue {
    let result: Storage =
      switch storage {
      case .floats(let values): .floats(Self.mapped(values) { Float(operation(Double($0))) })
      case .doubles(let values): .doubles(Self.mapped(values, operation))
      }
    return TensorValue(axes: axes, storage: result, notes: notes)
  }

  /// As many numbers as there are, those of a run that was stopped as they were.
  private static func mapped<Number>(
    _ values: [Number], _ operation: (Number) -> Number
  ) -> [Number] {
    let mapped = Interruption.mappingOrStopping(values, operation)
    return mapped.count == values.count ? mapped : values
  }

  /// The tensor of `operation` applied element by element, axes aligned by name: an axis that
  /// only one of the two has is repeated along in the other.
  ///
  /// The result has the left one's axes, then those that only the right one has.
  public func combining(
    _ other: TensorValue, interruption: Interruption? = nil,
    _ operation: (Double, Double) -> Double
  ) throws(Failure) -> TensorValue {
    for axis in axes {
      guard let twin = other.axes.first(where: { $0.name == axis.name }) else { continue }
      if twin.count != axis.count {
        throw Failure(
          "shape-mismatch",
          "axis `\(axis.name)` has \(axis.count) entries on the left and \(twin.count) on the right",
          help: "the left is \(shapeText), the right is \(other.shapeText)")
      }
    }
    let merged = axes + other.axes.filter { axisIndex($0.name) == nil }
    let total = merged.reduce(1.0) { $0 * Double($1.count) }
    guard total <= Self.largestCount else {
      throw Failure(
        "too-large", "the result would have \(NumberText.shortest(total)) numbers",
        help: "the left is \(shapeText), the right is \(other.shapeText)")
    }
    let left = strides(in: merged)
    let right = other.strides(in: merged)
    var result: [Double] = []
    result.reserveCapacity(Int(total))
    try Self.walk(merged.map(\.count), left, right, interruption) {
      result.append(operation(storage[$0], other.storage[$1]))
    }
    if case .floats = storage, case .floats = other.storage {
      return TensorValue(axes: merged, storage: .floats(result.map { Float($0) }), notes: notes)
    }
    return TensorValue(axes: merged, storage: .doubles(result), notes: notes)
  }

  /// The most numbers that arithmetic makes: 2 GB of float64.
  private static let largestCount = 268_435_456.0

  /// How far apart neighbours along each of `merged` lie here; 0 along an axis that is not here.
  private func strides(in merged: [Axis]) -> [Int] {
    var own: [String: Int] = [:]
    var step = 1
    for axis in axes.reversed() {
      own[axis.name] = step
      step *= axis.count
    }
    return merged.map { own[$0.name] ?? 0 }
  }

  /// Calls `visit` with both places of every element, in row-major order.
  private static func walk(
    _ counts: [Int], _ left: [Int], _ right: [Int], _ interruption: Interruption?,
    visit: (Int, Int) -> Void
  ) throws(Failure) {
    guard let inner = counts.last else { return visit(0, 0) }
    if counts.contains(0) { return }
    var index = Array(repeating: 0, count: counts.count)
    let last = counts.count - 1
    while true {
      try interruption?.check()
      var a = 0
      var b = 0
      for axis in 0..<last {
        a += index[axis] * left[axis]
        b += index[axis] * right[axis]
      }
      for step in 0..<inner {
        if step & 0xFFFF == 0xFFFF { try interruption?.check() }
        visit(a + step * left[last], b + step * right[last])
      }
      var axis = last - 1
      while axis >= 0 {
        index[axis] += 1
        if index[axis] < counts[axis] { break }
        index[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }
}
