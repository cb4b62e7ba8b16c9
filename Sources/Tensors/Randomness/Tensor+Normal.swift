extension Tensor {
  /// Independent numbers from a normal distribution: those that `generator.normal()` would give one
  /// after the other, times the deviation, plus the mean; on all threads.
  public init(
    normal axes: [Axis], _ shape: [Int], mean: Double, deviation: Double,
    from generator: SeededGenerator
  ) {
    self.init(uninitialized: axes, shape)
    let target = buffer.base
    Workers.split(count, work: count * NormalRun.cost) { range in
      NormalRun.fill(target, range, mean: mean, deviation: deviation, from: generator)
    }
  }
}

/// A piece of a tensor of normal numbers.
private enum NormalRun {
  /// What one number costs, in elementary operations.
  static let cost = 32

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  static func fill<Element: Scalar>(
    _ target: UnsafeMutablePointer<Element>, _ range: Range<Int>, mean: Double, deviation: Double,
    from generator: SeededGenerator
  ) {
    var generator = generator
    generator.skip(normals: range.lowerBound)
    for place in range { target[place] = Element(mean + deviation * generator.normal()) }
  }
}
