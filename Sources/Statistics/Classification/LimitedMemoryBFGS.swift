/// Finds a least value of a smooth function (Nocedal 1980; step lengths by backtracking).
enum LimitedMemoryBFGS {
  struct Answer {
    let point: [Double]
    let value: Double
    let isConverged: Bool
  }

  /// Pairs of steps and changes of the gradient that are remembered.
  private static let memory = 10

  /// Goes down from a point until no entry of the gradient exceeds `tolerance`, or no step helps.
  static func minimise(
    from start: [Double], iterations: Int, tolerance: Double,
    _ function: ([Double]) -> (Double, [Double])
  ) -> Answer {
    var point = start
    var (value, gradient) = function(point)
    var pairs: [(step: [Double], change: [Double], product: Double)] = []
    for _ in 0..<iterations {
      if gradient.allSatisfy({ abs($0) <= tolerance }) {
        return Answer(point: point, value: value, isConverged: true)
      }
      var direction = descent(gradient, pairs)
      var slope = dot(direction, gradient)
      if slope >= 0 {
        pairs = []
        direction = gradient.map { -$0 }
        slope = -dot(gradient, gradient)
      }
      var length = pairs.isEmpty ? min(1, 1 / dot(gradient, gradient).squareRoot()) : 1
      var next = (value: Double.infinity, gradient: gradient, point: point)
      for _ in 0..<40 {
        next.point = zip(point, direction).map { $0 + length * $1 }
        (next.value, next.gradient) = function(next.point)
        if next.value <= value + 1e-4 * length * slope { break }
        length /= 2
      }
      guard next.value < value else {
        // Down to rounding: what is left of the gradient cannot be followed.
        return Answer(point: point, value: value, isConverged: true)
      }
      let step = zip(next.point, point).map { $0 - $1 }
      let change = zip(next.gradient, gradient).map { $0 - $1 }
      let product = dot(step, change)
      if product > 1e-12 * dot(change, change).squareRoot() {
        pairs.append((step, change, product))
        if pairs.count > memory { pairs.removeFirst() }
      }
      (value, gradient, point) = (next.value, next.gradient, next.point)
    }
    return Answer(point: point, value: value, isConverged: false)
  }

  /// The gradient times the inverse curvature that the pairs tell of, downwards.
  private static func descent(
    _ gradient: [Double], _ pairs: [(step: [Double], change: [Double], product: Double)]
  ) -> [Double] {
    var direction = gradient.map { -$0 }
    var factors: [Double] = []
    for pair in pairs.reversed() {
      let factor = dot(pair.step, direction) / pair.product
      factors.append(factor)
      add(-factor, pair.change, to: &direction)
    }
    if let last = pairs.last {
      let scale = last.product / dot(last.change, last.change)
      for place in direction.indices { direction[place] *= scale }
    }
    for (pair, factor) in zip(pairs, factors.reversed()) {
      add(factor - dot(pair.change, direction) / pair.product, pair.step, to: &direction)
    }
    return direction
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for place in a.indices { sum += a[place] * b[place] }
    return sum
  }

  private static func add(_ factor: Double, _ a: [Double], to b: inout [Double]) {
    for place in a.indices { b[place] += factor * a[place] }
  }
}
