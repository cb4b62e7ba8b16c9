/// Three numbers that stand for many: a tensor is never written out whole in a message.
public struct TensorSummary: Sendable, Hashable {
  /// The least finite number; NaN where none is finite.
  public let minimum: Double
  /// The mean of the finite numbers; NaN where none is finite.
  public let mean: Double
  /// The greatest finite number; NaN where none is finite.
  public let maximum: Double
  /// How many are NaN or infinite.
  public let nonFiniteCount: Int
}

extension TensorValue {
  /// Least, mean and greatest of the finite numbers.
  public var summary: TensorSummary {
    var low = Double.infinity
    var high = -Double.infinity
    var sum = 0.0
    var finite = 0
    func add(_ value: Double) {
      guard value.isFinite else { return }
      low = min(low, value)
      high = max(high, value)
      sum += value
      finite += 1
    }
    switch storage {
    case .floats(let values): for value in values { add(Double(value)) }
    case .doubles(let values): for value in values { add(value) }
    }
    let none = finite == 0
    return TensorSummary(
      minimum: none ? .nan : low, mean: none ? .nan : sum / Double(finite),
      maximum: none ? .nan : high, nonFiniteCount: count - finite)
  }

  /// The tensor in one line: its shape and a summary of its numbers.
  public var summaryText: String {
    if let scalar { return "tensor \(NumberText.rounded(scalar))" }
    if count == 0 { return "tensor \(shapeText), empty" }
    let summary = summary
    var text = "tensor \(shapeText)"
    if summary.nonFiniteCount < count {
      let numbers = [summary.minimum, summary.mean, summary.maximum].map {
        NumberText.rounded($0)
      }
      text += ", min \(numbers[0]), mean \(numbers[1]), max \(numbers[2])"
    }
    if summary.nonFiniteCount > 0 { text += ", \(summary.nonFiniteCount) not finite" }
    return text
  }
}
