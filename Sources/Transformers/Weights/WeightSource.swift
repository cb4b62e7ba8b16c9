import Checkpoints
import Faults
import Tensors

/// Where the numbers of a model come from: a checkpoint, or a seed.
public protocol WeightSource: Sendable {
  /// The shape of a stored tensor, or nil when there is none of that name.
  func shape(of name: String) -> [Int]?

  /// The numbers of a stored tensor.
  ///
  /// - Throws: `Fault` when they cannot be read.
  func tensor<Element: Scalar>(_ name: String, as: Element.Type, axes: [Axis])
    throws(Fault) -> Tensor<Element>
}

extension Checkpoint: WeightSource {
  /// The shape of a stored tensor.
  public func shape(of name: String) -> [Int]? { stored(name)?.shape }

  /// The numbers of a stored tensor.
  public func tensor<Element: Scalar>(_ name: String, as type: Element.Type, axes: [Axis])
    throws(Fault) -> Tensor<Element>
  {
    do {
      return try tensor(name, as: type, axes: axes, shape: nil)
    } catch {
      throw Fault(error)
    }
  }
}

extension Fault {
  /// The same error, told by the checkpoint layer.
  public init(_ error: CheckpointError) {
    let code =
      switch error {
      case .alreadyExists: "file-exists"
      case .foreign: "not-replaced"
      case .changed: "file-changed"
      case .unwritable: "cannot-write"
      case .unsupported: "unsupported"
      default: "bad-checkpoint"
      }
    self.init(code, error.description, help: error.help)
  }
}
