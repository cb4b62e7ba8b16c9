extension Kernels {
  /// What a normalisation divides by: one mean and one inverse for each token (each index of the
  /// axes before the last).
  public struct NormStatistics<E: Scalar>: Sendable {
    /// What is subtracted; zero for RMSNorm.
    public var mean: [E]
    /// One over the root of the variance (RMSNorm: the mean square) plus epsilon.
    public var inverse: [E]

    /// Statistics given by hand, such as ones that were measured in another run.
    public init(mean: [E], inverse: [E]) {
      self.mean = mean
      self.inverse = inverse
    }

    /// Statistics from pairs of mean and inverse, [leading axes…, 2].
    public init(pairs: Tensor<E>) {
      let elements = pairs.elements
      mean = stride(from: 0, to: elements.count, by: 2).map { elements[$0] }
      inverse = stride(from: 1, to: elements.count, by: 2).map { elements[$0] }
    }
  }

  /// LayerNorm over the last axis (Ba, Kiros and Hinton, 2016).
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func layerNorm<E: Scalar>(
    _ x: Tensor<E>, gain: Tensor<E>?, bias: Tensor<E>?, epsilon: Double
  ) -> Tensor<E> {
    normalized(x, gain: gain, bias: bias, gainOffset: 0) { token, count in
      NormRow.statistics(token, count: count, epsilon: epsilon, centred: true)
    }
  }

  /// RMSNorm over the last axis (Zhang and Sennrich, 2019); the gain is `gain + gainOffset`.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func rmsNorm<E: Scalar>(
    _ x: Tensor<E>, gain: Tensor<E>?, epsilon: Double, gainOffset: Double = 0
  ) -> Tensor<E> {
    normalized(x, gain: gain, bias: nil, gainOffset: gainOffset) { token, count in
      NormRow.statistics(token, count: count, epsilon: epsilon, centred: false)
    }
  }

  /// The first half of `layerNorm` (`centred`) or `rmsNorm`.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func normStatistics<E: Scalar>(
    _ x: Tensor<E>, epsilon: Double, centred: Bool
  ) -> NormStatistics<E> {
    let (tokens, width) = (x.leadingCount, x.lastCount)
    var statistics = NormStatistics<E>(
      mean: Array(repeating: 0, count: tokens), inverse: Array(repeating: 0, count: tokens))
    x.read { x in
      statistics.mean.withUnsafeMutableBufferPointer { means in
        statistics.inverse.withUnsafeMutableBufferPointer { inverses in
          Workers.split(tokens, work: tokens * width) { part in
            for token in part {
              (means[token], inverses[token]) = NormRow.statistics(
                x + token * width, count: width, epsilon: epsilon, centred: centred)
            }
          }
        }
      }
    }
    return statistics
  }

  /// The second half of `layerNorm` or `rmsNorm`, with statistics from anywhere: one mean and one
  /// inverse for each token of `x`.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func normalize<E: Scalar>(
    _ x: Tensor<E>, statistics: NormStatistics<E>, gain: Tensor<E>?, bias: Tensor<E>?,
    gainOffset: Double = 0
  ) -> Tensor<E> {
    let tokens = x.leadingCount
    precondition(
      statistics.mean.count == tokens && statistics.inverse.count == tokens,
      "statistics for each token")
    let width = max(x.lastCount, 1)
    return x.read { start in
      normalized(x, gain: gain, bias: bias, gainOffset: gainOffset) { token, _ in
        let place = (token - start) / width
        return (statistics.mean[place], statistics.inverse[place])
      }
    }
  }

  /// The result of a normalisation that its way back knows already.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func normalize<E: Scalar>(_ pass: NormPass<E>, bias: Tensor<E>?) -> Tensor<E> {
    normalize(
      pass.x, statistics: pass.statistics, gain: pass.gain, bias: bias,
      gainOffset: Double(pass.gainOffset))
  }

  private static func normalized<E: Scalar>(
    _ x: Tensor<E>, gain: Tensor<E>?, bias: Tensor<E>?, gainOffset: Double,
    _ statistics: (UnsafePointer<E>, Int) -> (mean: E, inverse: E)
  ) -> Tensor<E> {
    let (tokens, width) = (x.leadingCount, x.lastCount)
    precondition(gain.map { $0.count == width } ?? true, "a gain for each coordinate")
    precondition(bias.map { $0.count == width } ?? true, "a bias for each coordinate")
    let result = Tensor<E>(uninitialized: x.axes, x.shape)
    let (gainBuffer, biasBuffer) = (gain?.buffer, bias?.buffer)
    withExtendedLifetime((gainBuffer, biasBuffer)) {
      x.read { x in
        Workers.split(tokens, work: tokens * width * 2) { part in
          for token in part {
            NormRow.apply(
              x + token * width, statistics(x + token * width, width),
              gain: gainBuffer.map { UnsafePointer($0.base) },
              bias: biasBuffer.map { UnsafePointer($0.base) }, gainOffset: E(gainOffset),
              into: result.buffer.base + token * width, count: width)
          }
        }
      }
    }
    return result
  }
}
