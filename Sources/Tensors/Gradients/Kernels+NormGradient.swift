/// The way back through normalisations.
extension Kernels {
  /// A normalisation as its way back sees it: what it read, and what it did.
  public struct NormPass<E: Scalar>: Sendable {
    let x: Tensor<E>
    let statistics: NormStatistics<E>
    let gain: Tensor<E>?
    let gainOffset: E
    let centred: Bool

    /// The pass of `x` through a LayerNorm (`centred`) or an RMSNorm with these statistics.
    public init(
      _ x: Tensor<E>, statistics: NormStatistics<E>, gain: Tensor<E>?, gainOffset: Double = 0,
      centred: Bool
    ) {
      self.x = x
      self.statistics = statistics
      self.gain = gain
      self.gainOffset = E(gainOffset)
      self.centred = centred
    }

    func row(_ token: Int, _ gradient: UnsafePointer<E>) -> NormGradientRow<E> {
      let width = x.lastCount
      return NormGradientRow(
        gradient: gradient + token * width, x: UnsafePointer(x.buffer.base) + token * width,
        statistics: (statistics.mean[token], statistics.inverse[token]),
        gain: gain.map { UnsafePointer($0.buffer.base) }, gainOffset: gainOffset, count: width)
    }
  }

  /// The gradient in front of a normalisation with statistics of its own, put into `target`, or
  /// added to it when `keep` is set.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func normInputGradient<E: Scalar>(
    _ gradient: Tensor<E>, _ pass: NormPass<E>, into target: inout Tensor<E>, keep: Bool
  ) {
    let (tokens, width) = (gradient.leadingCount, gradient.lastCount)
    precondition(gradient.count == pass.x.count && target.count == pass.x.count)
    withExtendedLifetime((pass, gradient.buffer)) {
      let start = UnsafePointer(gradient.buffer.base)
      target.mutate { target in
        Workers.split(tokens, work: tokens * width * 4) { part in
          for token in part {
            let row = pass.row(token, start)
            let sums = row.sums()
            let inverse = row.statistics.inverse
            row.apply(
              constant: pass.centred ? 0 - inverse * sums.plain / E(width) : 0,
              slope: 0 - inverse * inverse * inverse * sums.centred / E(width),
              into: target + token * width, keep: keep)
          }
        }
      }
    }
  }

  /// As `normInputGradient`, for statistics that were given: they do not move with `x`.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func normHeldGradient<E: Scalar>(
    _ gradient: Tensor<E>, _ pass: NormPass<E>, into target: inout Tensor<E>, keep: Bool
  ) {
    let (tokens, width) = (gradient.leadingCount, gradient.lastCount)
    precondition(gradient.count == pass.x.count && target.count == pass.x.count)
    withExtendedLifetime((pass, gradient.buffer)) {
      let start = UnsafePointer(gradient.buffer.base)
      target.mutate { target in
        Workers.split(tokens, work: tokens * width * 2) { part in
          for token in part {
            pass.row(token, start)
              .apply(constant: 0, slope: 0, into: target + token * width, keep: keep)
          }
        }
      }
    }
  }

  /// The gradient for statistics that were given, [leading axes…, 2]: for the mean, then for the
  /// inverse.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func heldStatisticsGradient<E: Scalar>(
    _ gradient: Tensor<E>, _ pass: NormPass<E>
  ) -> Tensor<E> {
    let tokens = gradient.leadingCount
    precondition(gradient.count == pass.x.count)
    let result = Tensor<E>(
      uninitialized: gradient.axes.dropLast() + ["statistic"], gradient.shape.dropLast() + [2])
    withExtendedLifetime((pass, gradient.buffer)) {
      let start = UnsafePointer(gradient.buffer.base)
      Workers.split(tokens, work: gradient.count * 2) { part in
        for token in part {
          let row = pass.row(token, start)
          let sums = row.sums()
          result.buffer.base[2 * token] = 0 - row.statistics.inverse * sums.plain
          result.buffer.base[2 * token + 1] = sums.centred
        }
      }
    }
    return result
  }

  /// The gradient in front of `normStatistics`, from that of its pairs of mean and inverse; put into
  /// `target`, or added to it when `keep` is set.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func normStatisticsGradient<E: Scalar>(
    _ gradient: Tensor<E>, _ pass: NormPass<E>, into target: inout Tensor<E>, keep: Bool
  ) {
    let (tokens, width) = (pass.x.leadingCount, pass.x.lastCount)
    precondition(gradient.count == 2 * tokens && target.count == pass.x.count)
    withExtendedLifetime((pass, gradient.buffer)) {
      let pairs = gradient.buffer.base
      target.mutate { target in
        Workers.split(tokens, work: tokens * width * 2) { part in
          for token in part {
            let inverse = pass.statistics.inverse[token]
            let constant = pass.centred ? pairs[2 * token] / E(width) : 0
            let slope = 0 - pairs[2 * token + 1] * inverse * inverse * inverse / E(width)
            let mean = pass.statistics.mean[token]
            for index in token * width..<(token + 1) * width {
              let value = constant + slope * (pass.x.buffer.base[index] - mean)
              target[index] = keep ? target[index] + value : value
            }
          }
        }
      }
    }
  }

  /// The gradient for the gain: `Σ gradient · (x − mean) · inverse` over all tokens, put into
  /// `target`, or added to it when `keep` is set.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func normGainGradient<E: Scalar>(
    _ gradient: Tensor<E>, _ pass: NormPass<E>, into target: inout Tensor<E>, keep: Bool
  ) {
    let (tokens, width) = (gradient.leadingCount, gradient.lastCount)
    precondition(gradient.count == pass.x.count && target.count == width)
    withExtendedLifetime((pass, gradient.buffer)) {
      let (gradient, x) = (gradient.buffer.base, pass.x.buffer.base)
      target.mutate { target in
        Workers.split(width, work: tokens * width * 2, step: 16) { part in
          if !keep { (target + part.lowerBound).update(repeating: 0, count: part.count) }
          for token in 0..<tokens {
            let mean = Vector<E>(repeating: pass.statistics.mean[token])
            let inverse = Vector<E>(repeating: pass.statistics.inverse[token])
            for column in stride(from: part.lowerBound, to: part.upperBound, by: 8) {
              let place = token * width + column
              let count = part.upperBound - column
              let normal =
                (Vector(at: x + place, upTo: count, filler: 0) - mean) * inverse
              Vector(at: target + column, upTo: count, filler: 0)
                .adding(Vector(at: gradient + place, upTo: count, filler: 0), times: normal)
                .store(to: target + column, upTo: count)
            }
          }
        }
      }
    }
  }
}
