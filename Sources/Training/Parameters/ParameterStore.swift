import Faults
import Tensors
import Transformers

/// The numbers of a model in training, by the names under which a checkpoint stores them.
///
/// A model built from the store shares its memory. The optimiser writes in place, so nobody may
/// hold such a model while it does: a copy would be made.
public struct ParameterStore: WeightSource {
  /// The stored tensors' names, in the order in which the model asks for them.
  public let names: [String]
  /// The tensors, in the same order.
  public internal(set) var tensors: [Tensor<Float>]
  private let places: [String: Int]

  /// A store of named tensors; of two with one name the first counts.
  public init(_ entries: [(name: String, tensor: Tensor<Float>)]) {
    names = entries.map(\.name)
    tensors = entries.map(\.tensor)
    places = Dictionary(
      entries.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// How many numbers there are.
  public var count: Int { tensors.reduce(0) { $0 + $1.count } }

  /// The tensor of a name.
  public subscript(_ name: String) -> Tensor<Float>? { places[name].map { tensors[$0] } }

  /// The shape of a stored tensor.
  public func shape(of name: String) -> [Int]? { self[name]?.shape }

  /// The numbers of a stored tensor, without a copy in single precision.
  public func tensor<Element: Scalar>(_ name: String, as type: Element.Type, axes: [Axis])
    throws(Fault) -> Tensor<Element>
  {
    guard let tensor = self[name] else {
      throw Fault("missing-tensors", "the model in training lacks \(name)")
    }
    return tensor.reshaped(axes, tensor.shape).converted(to: type)
  }
}
