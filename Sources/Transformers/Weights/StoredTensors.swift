import Faults
import Tensors

/// The stored tensors of a source, each read once however many places of the model use it.
final class StoredTensors<Element: Scalar> {
  private let source: any WeightSource
  private var known: [String: Tensor<Element>] = [:]

  init(_ source: any WeightSource) { self.source = source }

  /// A stored tensor under the given axes.
  func parameter(_ name: String, axes: [Axis]) throws(Fault) -> Parameter<Element> {
    if let tensor = known[name] {
      return Parameter(name, tensor.reshaped(axes, tensor.shape))
    }
    let tensor = try source.tensor(name, as: Element.self, axes: axes)
    known[name] = tensor
    return Parameter(name, tensor)
  }
}
