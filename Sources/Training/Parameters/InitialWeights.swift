import Tensors
import Transformers

/// The numbers that training starts from.
///
/// Matrices are normal with a deviation of √(0.4 / width), which is GPT-2's 0.02 at its width of
/// 1,024 (Nguyen and Salazar, 2019, call it small initialisation); what a block adds to the stream
/// is made smaller by √(2 · layers), as GPT-2 does. Gains are 1, biases 0.
public struct InitialWeights {
  private let model: ModelDescription
  private let residual: Set<String>
  private let seed: UInt64

  /// The start of a model; `residual` names the matrices that write to the stream.
  public init(_ model: ModelDescription, residual: Set<String>, seed: UInt64) {
    self.model = model
    self.residual = residual
    self.seed = seed
  }

  /// The tensors that the model asks for, with their first numbers.
  public func store(for tensors: [RequiredTensor]) -> ParameterStore {
    ParameterStore(tensors.map { ($0.name, tensor($0)) })
  }

  private func tensor(_ required: RequiredTensor) -> Tensor<Float> {
    let shape = required.shape
    let axes = shape.indices.map { Axis("axis \($0)") }
    let count = shape.reduce(1, *)
    if required.name.hasSuffix("bias") { return Tensor(zeros: axes, shape) }
    if shape.count == 1 { return Tensor(axes, shape, Array(repeating: 1, count: count)) }
    var generator = SeededGenerator(seed: seed, name: required.name)
    var deviation = (0.4 / Double(model.width)).squareRoot()
    if residual.contains(required.name) {
      deviation /= (2 * Double(max(model.blocks.count, 1))).squareRoot()
    }
    return Tensor(axes, shape, (0..<count).map { _ in Float(deviation * generator.normal()) })
  }
}
