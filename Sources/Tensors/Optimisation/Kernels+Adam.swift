/// One step of Adam with decoupled weight decay (Loshchilov and Hutter, 2019, algorithm 2).
public struct AdamStep<E: Scalar>: Sendable {
  /// How far to go.
  public var rate: E
  /// How slowly the running mean of gradients, and that of their squares, forgets.
  public var meanKeep: E, squareKeep: E
  /// What the two running means are divided by, since they began at zero.
  public var meanCorrection: E, squareCorrection: E
  /// What keeps the division finite.
  public var epsilon: E
  /// The share of each parameter that goes per unit of `rate`.
  public var decay: E
  /// What gradients are multiplied by before anything else: below 1 where they are clipped.
  public var gradientScale: E

  /// The step with number `count`, from 1.
  public init(
    rate: E, meanKeep: E, squareKeep: E, epsilon: E, decay: E, gradientScale: E, count: Int
  ) {
    self.rate = rate
    self.meanKeep = meanKeep
    self.squareKeep = squareKeep
    self.epsilon = epsilon
    self.decay = decay
    self.gradientScale = gradientScale
    meanCorrection = 1 - Self.power(meanKeep, count)
    squareCorrection = 1 - Self.power(squareKeep, count)
  }

  /// By repeated squaring, so that every machine gets the same bits.
  private static func power(_ base: E, _ exponent: Int) -> E {
    var (result, square, rest) = (Double(1), Double(base), max(exponent, 0))
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return E(result)
  }
}

extension Kernels {
  /// Moves parameters one step, and their running means with them; all four counts agree.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func adam<E: Scalar>(
    _ parameters: inout Tensor<E>, gradient: Tensor<E>, mean: inout Tensor<E>,
    square: inout Tensor<E>, _ step: AdamStep<E>
  ) {
    let count = parameters.count
    precondition(gradient.count == count && mean.count == count && square.count == count)
    parameters.mutate { parameters in
      mean.mutate { mean in
        square.mutate { square in
          gradient.read { gradient in
            Workers.split(count, work: 8 * count, step: 16) { part in
              let start = part.lowerBound
              move(
                parameters + start, gradient + start, mean + start, square + start, step,
                count: part.count)
            }
          }
        }
      }
    }
  }

  private static func move<E: Scalar>(
    _ parameters: UnsafeMutablePointer<E>, _ gradient: UnsafePointer<E>,
    _ mean: UnsafeMutablePointer<E>, _ square: UnsafeMutablePointer<E>, _ step: AdamStep<E>,
    count: Int
  ) {
    let meanShare = 1 - step.meanKeep
    let squareShare = 1 - step.squareKeep
    let length = step.rate / step.meanCorrection
    let kept = 1 - step.rate * step.decay
    for index in 0..<count {
      let slope = gradient[index] * step.gradientScale
      let newMean = step.meanKeep * mean[index] + meanShare * slope
      let newSquare = step.squareKeep * square[index] + squareShare * slope * slope
      mean[index] = newMean
      square[index] = newSquare
      let spread = (newSquare / step.squareCorrection).squareRoot() + step.epsilon
      parameters[index] = kept * parameters[index] - length * newMean / spread
    }
  }

  /// The sum of the squares of all elements, in double precision.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func sumOfSquares<E: Scalar>(_ x: Tensor<E>) -> Double {
    let count = x.count
    return x.read { x in
      var lanes = SIMD8<Double>()
      var index = 0
      while index + 8 <= count {
        for lane in 0..<8 {
          let value = Double(x[index + lane])
          lanes[lane] += value * value
        }
        index += 8
      }
      var sum = lanes.sum()
      while index < count {
        sum += Double(x[index]) * Double(x[index])
        index += 1
      }
      return sum
    }
  }
}
