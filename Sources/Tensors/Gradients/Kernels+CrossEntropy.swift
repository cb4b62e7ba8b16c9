extension Kernels {
  /// The surprise at each target, and the gradient of their weighted sum.
  ///
  /// - Parameters:
  ///   - logits: [row, vocabulary].
  ///   - targets: One column for each row.
  ///   - weights: One factor for each row, or nil for all 1; a row of weight 0 costs nothing.
  /// - Returns: −ln p of each target, not weighted, and the gradient of `Σ weight · −ln p` with
  ///   respect to the logits, shaped as they are. The loss of a row of weight 0 is 0.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func crossEntropy<E: Scalar>(
    logits: Tensor<E>, targets: [Int], weights: [E]? = nil
  ) -> (losses: [E], gradient: Tensor<E>) {
    let (rows, width) = (logits.leadingCount, logits.lastCount)
    precondition(targets.count == rows, "a target for each row")
    precondition(weights.map { $0.count == rows } ?? true, "a weight for each row")
    precondition(targets.allSatisfy { (0..<width).contains($0) }, "targets are columns")
    let gradient = Tensor<E>(uninitialized: logits.axes, logits.shape)
    let losses = [E](unsafeUninitializedCapacity: rows) { losses, count in
      logits.read { logits in
        Workers.split(rows, work: rows * width * 16) { part in
          for row in part {
            let (source, target) = (logits + row * width, gradient.buffer.base + row * width)
            let weight = weights?[row] ?? 1
            if weight == 0 {
              target.update(repeating: 0, count: width)
              losses.initializeElement(at: row, to: 0)
              continue
            }
            let total = SoftmaxRow.logSumExp(source, count: width)
            SoftmaxRow.probabilities(
              source, logSum: total, times: weight, into: target, count: width)
            target[targets[row]] -= weight
            losses.initializeElement(at: row, to: total - source[targets[row]])
          }
        }
      }
      count = rows
    }
    return (losses, gradient)
  }
}

extension SoftmaxRow {
  /// `target = factor · exp(x − logSum)`.
  static func probabilities<E: Scalar>(
    _ x: UnsafePointer<E>, logSum: E, times factor: E, into target: UnsafeMutablePointer<E>,
    count: Int
  ) {
    let shift = Vector<E>(repeating: logSum)
    for index in stride(from: 0, to: count, by: 8) {
      let part = Vector(at: x + index, upTo: count - index, filler: -.infinity)
      (VectorMath.exp(part - shift) * factor).store(to: target + index, upTo: count - index)
    }
  }

  /// `gradient = pattern · (gradient − Σ pattern · gradient)`: the gradient in front of a softmax.
  static func gradient<E: Scalar>(
    _ gradient: UnsafeMutablePointer<E>, at pattern: UnsafePointer<E>, count: Int
  ) {
    var sums = Vector<E>()
    for index in stride(from: 0, to: count, by: 8) {
      let width = count - index
      sums = sums.adding(
        Vector(at: pattern + index, upTo: width, filler: 0),
        times: Vector(at: gradient + index, upTo: width, filler: 0))
    }
    let total = Vector<E>(repeating: sums.sum())
    for index in stride(from: 0, to: count, by: 8) {
      let width = count - index
      (Vector(at: pattern + index, upTo: width, filler: 0)
        * (Vector(at: gradient + index, upTo: width, filler: 0) - total))
        .store(to: gradient + index, upTo: width)
    }
  }
}
