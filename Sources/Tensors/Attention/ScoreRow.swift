/// What is done to the scores of one query, on the calling thread.
enum ScoreRow {
  /// `x = cap · tanh(x / cap)`.
  static func cap<E: Scalar>(_ x: UnsafeMutablePointer<E>, by cap: E, count: Int) {
    for index in stride(from: 0, to: count, by: 8) {
      let part = Vector(at: x + index, upTo: count - index, filler: 0)
      (VectorMath.tanh(part / Vector(repeating: cap)) * cap)
        .store(to: x + index, upTo: count - index)
    }
  }

  /// `gradient = gradient · (1 − (y / cap)²)`, for `y` behind the cap.
  static func capSlope<E: Scalar>(
    _ gradient: UnsafeMutablePointer<E>, at y: UnsafePointer<E>, cap: E, count: Int
  ) {
    let one = Vector<E>(repeating: 1)
    for index in stride(from: 0, to: count, by: 8) {
      let width = count - index
      let share = Vector(at: y + index, upTo: width, filler: 0) / Vector(repeating: cap)
      (Vector(at: gradient + index, upTo: width, filler: 0) * (one - share * share))
        .store(to: gradient + index, upTo: width)
    }
  }

  /// `x[k] += slope · (distance + k)`.
  static func slope<E: Scalar>(
    _ x: UnsafeMutablePointer<E>, by slope: E, from distance: Int, count: Int
  ) {
    for index in 0..<count { x[index] += slope * E(distance + index) }
  }

  /// Whether any entry differs from zero.
  static func hasNonZero<E: Scalar>(_ x: UnsafePointer<E>, count: Int) -> Bool {
    for index in 0..<count where x[index] != 0 { return true }
    return false
  }
}
