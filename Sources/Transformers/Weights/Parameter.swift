import Tensors

/// A stored tensor of a model, known by the name under which it is stored.
///
/// Tensors that a model reads in several places (a tied table, the parts of a fused projection) have
/// the same name and share their memory, so what is learned about one place is learned about all.
public struct Parameter<Element: Scalar>: Sendable {
  /// The tensor's name in the checkpoint.
  public let name: String
  /// Its numbers, shaped as stored.
  public let tensor: Tensor<Element>

  /// A stored tensor.
  public init(_ name: String, _ tensor: Tensor<Element>) {
    self.name = name
    self.tensor = tensor
  }
}

/// A linear map over stored tensors, or over some outputs of them.
public struct Projection<Element: Scalar>: Sendable {
  /// The whole stored matrix.
  public let weight: Parameter<Element>
  /// The whole stored bias, where there is one.
  public let bias: Parameter<Element>?
  /// What is computed.
  public let map: LinearWeight<Element>
  /// The outputs that were picked one by one, counted in the stored ones; nil when the map reads
  /// the stored matrix itself.
  let picked: [Int]?

  /// A map over all outputs of a stored matrix, or over a range of them.
  ///
  /// - Throws: `TensorError` when the shapes do not fit.
  public init(
    _ weight: Parameter<Element>, layout: WeightLayout, bias: Parameter<Element>? = nil,
    outputs: Range<Int>? = nil
  ) throws(TensorError) {
    self.weight = weight
    self.bias = bias
    map = try LinearWeight(weight.tensor, layout: layout, bias: bias?.tensor, outputs: outputs)
    picked = nil
  }

  private init(
    _ whole: Projection, map: LinearWeight<Element>, picked: [Int]
  ) {
    weight = whole.weight
    bias = whole.bias
    self.map = map
    self.picked = picked
  }

  /// How many numbers the map returns.
  public var outputCount: Int { map.outputCount }

  /// The map to some of the outputs, in the given order; their weights are copied.
  ///
  /// - Throws: `TensorError` when an output is not there.
  public func selecting(outputs: [Int]) throws(TensorError) -> Projection {
    Projection(
      self, map: try map.selecting(outputs: outputs),
      picked: outputs.map { $0 + map.outputs.lowerBound })
  }
}
