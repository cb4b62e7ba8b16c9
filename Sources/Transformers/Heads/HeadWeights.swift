import Faults
import Tensors

/// The gain and bias of a norm in double precision.
public struct NormValues: Sendable {
  /// With or without subtracting the mean.
  public var kind: NormDescription.Kind
  /// What is added to the variance or mean square.
  public var epsilon: Double
  /// What multiplies each coordinate, offsets included.
  public var gain: [Double]
  /// What is added to each coordinate; nil for nothing.
  public var bias: [Double]?

  init<Element: Scalar>(_ norm: NormWeights<Element>) {
    kind = norm.description.kind
    epsilon = norm.description.epsilon
    let offset = norm.description.gainOffset
    gain = norm.gain.tensor.elements.map { Double($0) + offset }
    bias = norm.bias?.tensor.elements.map { Double($0) }
  }
}

/// The matrices of one head in double precision, as they are stored: a row vector of the stream is
/// multiplied from the left.
public struct HeadWeights: Sendable {
  /// What the attention layer does.
  public var attention: AttentionDescription
  /// The query projection, [width, headWidth].
  public var query: Tensor<Double>
  /// The key projection of the head's group, [width, headWidth].
  public var key: Tensor<Double>
  /// The value projection of the head's group, [width, headWidth].
  public var value: Tensor<Double>
  /// The output projection, [headWidth, width].
  public var output: Tensor<Double>
  /// The projections' biases, [headWidth]; nil for none.
  public var queryBias: [Double]?
  /// As `queryBias`.
  public var keyBias: [Double]?
  /// As `queryBias`.
  public var valueBias: [Double]?
  /// The norm on queries behind the projection, where there is one.
  public var queryNorm: NormValues?
  /// The norm on keys behind the projection, where there is one.
  public var keyNorm: NormValues?
  /// The norm through which queries are read; nil where the stream is read as it is.
  public var inputNorm: NormValues?
  /// The norm through which keys and values are read: `inputNorm`, or for attention to the encoder's
  /// output the encoder's final norm.
  public var sourceNorm: NormValues?
  /// Whether what the layer adds is normalised together with the stream (BERT).
  public var isPostNorm: Bool
  /// Whether the layer adds a bias of its own behind all heads.
  public var hasOutputBias: Bool
}

extension Weights {
  /// The matrices of one head.
  ///
  /// - Parameter isCross: Whether the head attends to the encoder's output.
  /// - Throws: `Fault` when the model has no such head.
  public func headWeights(stack: Stack, layer: Int, head: Int, isCross: Bool)
    throws(Fault) -> HeadWeights
  {
    let blocks = stack == .encoder ? encoder?.blocks ?? [] : self.blocks
    guard blocks.indices.contains(layer) else { throw .noSuchHead }
    let block = blocks[layer]
    if isCross {
      guard let cross = block.cross else { throw .noSuchHead }
      return try headWeights(
        cross.description.attention, head, (cross.query, cross.key, cross.value, cross.output),
        cross.norms, source: encoder?.finalNorm)
    }
    var weights = try headWeights(
      block.description.attention, head,
      (block.query, block.key, block.value, block.attentionOutput), block.attentionNorms,
      source: block.attentionNorms.input)
    weights.queryNorm = block.queryNorm.map(NormValues.init)
    weights.keyNorm = block.keyNorm.map(NormValues.init)
    return weights
  }

  private func headWeights(
    _ attention: AttentionDescription, _ head: Int,
    _ maps: (
      query: Projection<Element>, key: Projection<Element>, value: Projection<Element>,
      output: Projection<Element>
    ), _ norms: BranchNormWeights<Element>, source: NormWeights<Element>?
  ) throws(Fault) -> HeadWeights {
    guard (0..<attention.heads).contains(head) else { throw .noSuchHead }
    let own = attention.coordinates(of: head)
    let shared = attention.coordinates(of: attention.group(ofHead: head))
    return try modelError { () throws(TensorError) in
      HeadWeights(
        attention: attention,
        query: try maps.query.matrix(outputs: own), key: try maps.key.matrix(outputs: shared),
        value: try maps.value.matrix(outputs: shared),
        output: try maps.output.matrix(inputs: own),
        queryBias: maps.query.biases(own), keyBias: maps.key.biases(shared),
        valueBias: maps.value.biases(shared),
        inputNorm: norms.input.map(NormValues.init), sourceNorm: source.map(NormValues.init),
        isPostNorm: norms.stream != nil, hasOutputBias: maps.output.bias != nil)
    }
  }
}

extension AttentionDescription {
  /// Where a head's, or a group's, coordinates lie among those of all heads or groups.
  func coordinates(of index: Int) -> Range<Int> { index * headWidth..<(index + 1) * headWidth }
}

extension Fault {
  fileprivate static let noSuchHead = Fault(
    "unknown-address", "the model has no such head", help: "see what it has with   info()")
}

extension Projection {
  /// A part of the map as a matrix of its own, [input, output].
  ///
  /// - Throws: `TensorError` when an input or an output is not there.
  func matrix(inputs: Range<Int>? = nil, outputs: Range<Int>? = nil)
    throws(TensorError) -> Tensor<Double>
  {
    let first = map.outputs.lowerBound
    let columns = (outputs ?? 0..<map.outputCount).map { $0 + first }
    let rows = inputs.map(Array.init)
    if map.layout == .inputByOutput {
      return try weight.tensor.read(Region([rows, columns])).converted(to: Double.self)
        .reshaped([.width, .headWidth])
    }
    let stored = try weight.tensor.read(Region([columns, rows])).converted(to: Double.self)
    // A product turns a matrix faster than a loop over its numbers would.
    let side = min(stored.shape[0], stored.shape[1])
    let one = Tensor<Double>.identity(side)
    let turned =
      stored.shape[0] == side
      ? try Kernels.matmul(stored, transposeA: true, one, transposeB: false)
      : try Kernels.matmul(one, transposeA: false, stored, transposeB: true)
    return turned.reshaped([.width, .headWidth])
  }

  /// The biases of some outputs; nil where the map has none.
  func biases(_ outputs: Range<Int>) -> [Double]? {
    guard let bias else { return nil }
    let first = map.outputs.lowerBound
    let all = bias.tensor.elements
    return outputs.map { Double(all[$0 + first]) }
  }
}

extension Tensor {
  fileprivate func reshaped(_ axes: [Axis]) -> Tensor { reshaped(axes, shape) }

  fileprivate static func identity(_ side: Int) -> Tensor {
    var elements = [Element](repeating: 0, count: side * side)
    for index in 0..<side { elements[index * side + index] = 1 }
    return Tensor([.width, .headWidth], [side, side], elements)
  }
}
