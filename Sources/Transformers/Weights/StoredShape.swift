import Faults
import Tensors

/// The shape in which a tensor is stored, where it is used in another one: a convolution over
/// patches is a matrix, a table may be stored with a leading axis of one row.
public struct StoredShape: Sendable, Hashable {
  /// The shape in the checkpoint.
  public var stored: [Int]
  /// The shape in which the model uses it, with the same numbers in the same order.
  public var used: [Int]

  /// A pair of shapes.
  public init(stored: [Int], used: [Int]) {
    self.stored = stored
    self.used = used
  }
}

/// Another source whose tensors have the shapes in which a model uses them.
struct ReshapedWeights: WeightSource {
  let source: any WeightSource
  let shapes: [String: StoredShape]

  func shape(of name: String) -> [Int]? {
    let found = source.shape(of: name)
    guard let shape = shapes[name], shape.stored == found else { return found }
    return shape.used
  }

  func tensor<Element: Scalar>(_ name: String, as type: Element.Type, axes: [Axis])
    throws(Fault) -> Tensor<Element>
  {
    guard let shape = shapes[name], shape.stored == source.shape(of: name) else {
      return try source.tensor(name, as: type, axes: axes)
    }
    let stored = try source.tensor(name, as: type, axes: shape.stored.map { _ in "stored" })
    return stored.reshaped(axes, shape.used)
  }
}
