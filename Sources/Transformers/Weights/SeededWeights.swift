import Faults
import Tensors

/// Weights drawn from a seed: the same name, shape and seed give the same numbers.
///
/// Gains are near 1, biases near 0, matrices normal with a deviation that keeps a small model's
/// attention and predictions from being flat.
public struct SeededWeights: WeightSource {
  private let shapes: [String: [Int]]
  private let seed: UInt64

  /// Weights for `tensors`.
  public init(_ tensors: [RequiredTensor], seed: UInt64) {
    shapes = Dictionary(
      tensors.map { ($0.name, $0.shape) }, uniquingKeysWith: { first, _ in first })
    self.seed = seed
  }

  /// The shape of a stored tensor.
  public func shape(of name: String) -> [Int]? { shapes[name] }

  /// The numbers of a stored tensor.
  public func tensor<Element: Scalar>(_ name: String, as: Element.Type, axes: [Axis])
    throws(Fault) -> Tensor<Element>
  {
    guard let shape = shapes[name] else {
      throw Fault("missing-tensors", "the built-in model lacks \(name)")
    }
    let isGain = shape.count == 1 && name.hasSuffix("weight")
    return Tensor(
      normal: axes, shape, mean: isGain ? 1 : 0,
      deviation: shape.count == 1 ? 0.1 : 1.2 / Double(shape[0]).squareRoot(),
      from: SeededGenerator(seed: seed, name: name))
  }
}
