/// The way back through what is done element by element.
extension Kernels {
  /// `gradient = gradient · activation'(x)`: the gradient in front of an activation of `x`.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func activationGradient<E: Scalar>(
    _ gradient: inout Tensor<E>, at x: Tensor<E>, _ kind: Activation
  ) {
    precondition(gradient.count == x.count, "as many elements on both sides")
    let count = x.count
    gradient.mutate { gradient in
      x.read { x in
        Workers.split(count, work: count * 8, step: 16) { part in
          ActivationSlope.apply(
            kind, gradient + part.lowerBound, at: x + part.lowerBound, count: part.count)
        }
      }
    }
  }

  /// The way back through `activation(gate) · up`: `gradient` becomes that of the gate, and that of
  /// `up` is returned.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func gatedGradients<E: Scalar>(
    _ gradient: inout Tensor<E>, gate: Tensor<E>, up: Tensor<E>, _ kind: Activation
  ) -> Tensor<E> {
    precondition(gradient.count == gate.count && gate.count == up.count)
    let count = gate.count
    let other = Tensor<E>(uninitialized: up.axes, up.shape)
    other.buffer.base.update(from: gate.buffer.base, count: count)
    gradient.mutate { gradient in
      gate.read { gate in
        up.read { up in
          Workers.split(count, work: count * 16, step: 16) { part in
            let start = part.lowerBound
            ActivationRun.apply(
              kind, other.buffer.base + start, times: UnsafePointer(gradient) + start,
              count: part.count)
            ActivationSlope.apply(
              kind, gradient + start, at: gate + start, times: up + start, count: part.count)
          }
        }
      }
    }
    return other
  }

  /// `gradient = gradient · (1 − (y / cap)²)`: the gradient in front of `y = cap · tanh(x / cap)`.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func softCapGradient<E: Scalar>(
    _ gradient: inout Tensor<E>, at y: Tensor<E>, cap: E
  ) {
    precondition(gradient.count == y.count, "as many elements on both sides")
    let count = y.count
    gradient.mutate { gradient in
      y.read { y in
        Workers.split(count, work: count * 2, step: 16) { part in
          ScoreRow.capSlope(
            gradient + part.lowerBound, at: y + part.lowerBound, cap: cap, count: part.count)
        }
      }
    }
  }
}

extension Tensor {
  /// The sums over the axes of which `shape` has one entry: the way back from repeating them.
  ///
  /// - Parameter wanted: The sizes of the axes, each its own or 1.
  public func summed(to wanted: [Int]) -> Tensor {
    if shape == wanted { return self }
    precondition(wanted.count == shape.count, "as many axes on both sides")
    var result = Tensor(zeros: axes, wanted)
    let last = lastCount
    result.mutate { target in
      for run in 0..<(last == 0 ? 0 : count / last) {
        var (rest, place, step) = (run, 0, wanted.last ?? 1)
        for axis in (0..<shape.count - 1).reversed() {
          if wanted[axis] > 1 { place += rest % shape[axis] * step }
          rest /= shape[axis]
          step *= wanted[axis]
        }
        for column in 0..<last {
          target[place + (wanted.last == 1 ? 0 : column)] += buffer.base[run * last + column]
        }
      }
    }
    return result
  }
}
