/// What is done to the scores of one query, on the calling thread.
enum ScoreRow {
  /// `x = cap · tanh(x / cap)`.
  @specialized(where E == Float)
  @specialized(where E == Double)
  static func cap<E: Scalar>(_ x: UnsafeMutablePointer<E>, by cap: E, count: Int) {
    var index = 0
    while index < count {
      let width = min(8, count - index)
      let part = Vector<E>(at: UnsafePointer(x + index), count: width, filler: 0)
      (VectorMath.tanh(part / cap) * cap).store(to: x + index, count: width)
      index += width
    }
  }

  /// `x[k] += slope · (distance + k)`.
  @specialized(where E == Float)
  @specialized(where E == Double)
  static func slope<E: Scalar>(
    _ x: UnsafeMutablePointer<E>, by slope: E, from distance: Int, count: Int
  ) {
    for index in 0..<count { x[index] += slope * E(distance + index) }
  }

  /// Whether any entry differs from zero.
  @specialized(where E == Float)
  @specialized(where E == Double)
  static func hasNonZero<E: Scalar>(_ x: UnsafePointer<E>, count: Int) -> Bool {
    for index in 0..<count where x[index] != 0 { return true }
    return false
  }
}
