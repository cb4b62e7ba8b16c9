extension Kernels {
  /// `x = activation(x)`, element by element.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func activate<E: Scalar>(_ x: inout Tensor<E>, _ kind: Activation) {
    let count = x.count
    x.mutate { x in
      Workers.split(count, work: count * 8, step: 16) { part in
        ActivationRun.apply(kind, x + part.lowerBound, count: part.count)
      }
    }
  }

  /// `gate = activation(gate) · up`, element by element; the counts agree.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func activateGated<E: Scalar>(
    _ gate: inout Tensor<E>, _ up: Tensor<E>, _ kind: Activation
  ) {
    precondition(gate.count == up.count, "as many elements on both sides")
    let count = gate.count
    gate.mutate { gate in
      up.read { up in
        Workers.split(count, work: count * 8, step: 16) { part in
          ActivationRun.apply(
            kind, gate + part.lowerBound, times: up + part.lowerBound, count: part.count)
        }
      }
    }
  }
}
