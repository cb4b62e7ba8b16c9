/// One token's way back through a normalisation, on the calling thread.
///
/// With `y = (x − mean) · inverse · gain + bias`, where `gain` includes its offset.
struct NormGradientRow<E: Scalar> {
  let gradient: UnsafePointer<E>
  let x: UnsafePointer<E>
  let statistics: (mean: E, inverse: E)
  let gain: UnsafePointer<E>?
  let gainOffset: E
  let count: Int

  /// `Σ gradient · gain`, and `Σ gradient · gain · (x − mean)`.
  @inline(__always)
  func sums() -> (plain: E, centred: E) {
    var (plain, centred) = (Vector<E>(), Vector<E>())
    forEachVector { index, gradient in
      plain += gradient
      centred = centred.adding(
        gradient,
        times: Vector(at: x + index, upTo: count - index, filler: statistics.mean)
          - Vector(repeating: statistics.mean))
    }
    return (plain.sum(), centred.sum())
  }

  /// `target = inverse · gradient · gain + constant + slope · (x − mean)`, added to what is there
  /// when `keep` is set.
  @inline(__always)
  func apply(constant: E, slope: E, into target: UnsafeMutablePointer<E>, keep: Bool) {
    let inverse = Vector<E>(repeating: statistics.inverse)
    let mean = Vector<E>(repeating: statistics.mean)
    let (constant, slope) = (Vector<E>(repeating: constant), Vector<E>(repeating: slope))
    forEachVector { index, gradient in
      let width = count - index
      let x = Vector(at: x + index, upTo: width, filler: 0) - mean
      var result = constant.adding(gradient, times: inverse).adding(x, times: slope)
      if keep { result += Vector(at: target + index, upTo: width, filler: 0) }
      result.store(to: target + index, upTo: width)
    }
  }

  /// Calls `body` with each eight entries of `gradient · gain` and their index; zeros stand behind
  /// the end.
  @inline(__always)
  private func forEachVector(_ body: (Int, Vector<E>) -> Void) {
    let offset = Vector<E>(repeating: gainOffset)
    for index in stride(from: 0, to: count, by: 8) {
      var part = Vector(at: gradient + index, upTo: count - index, filler: 0)
      if let gain { part *= Vector(at: gain + index, upTo: count - index, filler: 0) + offset }
      body(index, part)
    }
  }
}
