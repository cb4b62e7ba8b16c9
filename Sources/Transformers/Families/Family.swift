import Checkpoints
import Faults
import Tensors

/// A model family: how its configuration becomes a description, and where its tensors lie.
///
/// This is all that a family is; the forward pass never learns which one it runs.
public struct Family: Sendable {
  /// The name, which is also the configuration's `model_type`.
  public var name: String
  /// What may stand before every tensor name, most usual first.
  public var prefixes: [String]
  /// A tensor that every checkpoint of the family has, without the prefix.
  public var landmark: String
  /// Tensors that the family's classes have, or once had, and on which nothing that is computed here
  /// depends: ends of their names, or with a dot behind it, a part.
  public var needless: [String]
  /// Makes the description.
  public var describe: @Sendable (Configuration, TensorNames) throws(Fault) -> ModelDescription
  /// Finds the tensors.
  public var names: @Sendable (ModelDescription, TensorNames) -> WeightNames

  /// A family from its parts.
  public init(
    name: String, prefixes: [String], landmark: String, needless: [String] = [],
    describe:
      @escaping @Sendable (Configuration, TensorNames) throws(Fault) ->
      ModelDescription,
    names: @escaping @Sendable (ModelDescription, TensorNames) -> WeightNames
  ) {
    self.name = name
    self.prefixes = prefixes
    self.landmark = landmark
    self.needless = needless
    self.describe = describe
    self.names = names
  }

  /// The names in `source` as this family sees them.
  public func tensorNames(in source: some WeightSource) -> TensorNames {
    let prefix = prefixes.first { source.shape(of: $0 + landmark) != nil } ?? prefixes.first ?? ""
    return TensorNames(prefix: prefix) { source.shape(of: $0) != nil }
  }
}

/// The tensor names of a checkpoint, behind the prefix that it uses.
public struct TensorNames: Sendable {
  /// What stands before the names of the body.
  public let prefix: String
  private let holds: @Sendable (String) -> Bool

  /// Names behind a prefix, and a way to ask whether one is there.
  public init(prefix: String, holds: @escaping @Sendable (String) -> Bool) {
    self.prefix = prefix
    self.holds = holds
  }

  /// The full name of a tensor of the body.
  public func body(_ name: String) -> String { prefix + name }

  /// Whether the checkpoint has this tensor, by its full name.
  public func has(_ name: String) -> Bool { holds(name) }

  /// The first of these full names that is there, or else the first.
  public func first(of names: String...) -> String {
    names.first(where: holds) ?? names.first ?? ""
  }

  /// Gain and bias of a norm of the body; early BERT files call them gamma and beta.
  public func norm(_ name: String, hasBias: Bool = true) -> NormNames {
    let gain = first(of: body(name + ".weight"), body(name + ".gamma"))
    let bias = first(of: body(name + ".bias"), body(name + ".beta"))
    return NormNames(gain: gain, bias: hasBias ? bias : nil)
  }
}
