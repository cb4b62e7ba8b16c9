/// The operations that a forward pass is made of, on whole tensors.
///
/// Shapes are the caller's business: they are fixed by the model's description, which was checked
/// when it was loaded, and a kernel traps on shapes that cannot be.
public enum Kernels {
  /// `x += y`, element by element; the counts agree.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func add<E: Scalar>(_ x: inout Tensor<E>, _ y: Tensor<E>) {
    precondition(x.count == y.count, "as many elements on both sides")
    let count = x.count
    x.mutate { x in
      y.read { y in
        Workers.split(count, work: count, step: 16) { part in
          Elementwise.add(x + part.lowerBound, y + part.lowerBound, count: part.count)
        }
      }
    }
  }

  /// `x *= y`, element by element; the counts agree.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func multiply<E: Scalar>(_ x: inout Tensor<E>, _ y: Tensor<E>) {
    precondition(x.count == y.count, "as many elements on both sides")
    let count = x.count
    x.mutate { x in
      y.read { y in
        Workers.split(count, work: count, step: 16) { part in
          Elementwise.multiply(x + part.lowerBound, y + part.lowerBound, count: part.count)
        }
      }
    }
  }

  /// `x *= factor`.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func scale<E: Scalar>(_ x: inout Tensor<E>, by factor: E) {
    let count = x.count
    x.mutate { x in
      Workers.split(count, work: count, step: 16) { part in
        Elementwise.scale(x + part.lowerBound, by: factor, count: part.count)
      }
    }
  }
}
