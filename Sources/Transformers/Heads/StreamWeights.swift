import Faults
import Tensors

/// What is done to a stream between the values that captures show: the norms of its blocks, and what
/// its first rows are made of.
public struct StreamWeights: Sendable {
  /// The norm behind the sum of token, position and segment rows, where there is one.
  public var embeddingNorm: NormValues?
  /// The segment table, [segment, width], where there is one.
  public var segments: Tensor<Double>?
  /// For each block, the norms of the stream behind attention, behind attention to the encoder's
  /// output, and behind the MLP; nil where the stream goes on as it is.
  public var streamNorms: [BlockNorms]
  /// The norm behind the last block, where there is one.
  public var finalNorm: NormValues?

  /// The norms of the stream within a block.
  public struct BlockNorms: Sendable {
    /// Behind attention.
    public var attention: NormValues?
    /// Behind attention to the encoder's output.
    public var cross: NormValues?
    /// Behind the MLP.
    public var mlp: NormValues?
  }
}

extension Weights {
  /// The norms of a side's stream, and its segment rows.
  public func streamWeights(_ stack: Stack) -> StreamWeights {
    if stack == .encoder, let encoder {
      return streamWeights(encoder.embedding, encoder.blocks, encoder.finalNorm)
    }
    return streamWeights(embedding, blocks, finalNorm)
  }

  private func streamWeights(
    _ embedding: EmbeddingWeights<Element>, _ blocks: [BlockWeights<Element>],
    _ final: NormWeights<Element>?
  ) -> StreamWeights {
    StreamWeights(
      embeddingNorm: embedding.norm.map(NormValues.init),
      segments: embedding.segments?.tensor.converted(to: Double.self),
      streamNorms: blocks.map { block in
        StreamWeights.BlockNorms(
          attention: block.attentionNorms.stream.map(NormValues.init),
          cross: block.cross?.norms.stream.map(NormValues.init),
          mlp: block.mlpNorms.stream.map(NormValues.init))
      },
      finalNorm: final.map(NormValues.init))
  }

  /// The matrices through which an MLP reads the stream, [width, neuron] each, with the norm before
  /// them.
  ///
  /// - Throws: `Fault` when the model has no such layer.
  public func mlpReaders(stack: Stack, layer: Int) throws(Fault) -> (
    matrices: [Tensor<Double>], norm: NormValues?
  ) {
    let blocks = stack == .encoder ? encoder?.blocks ?? [] : self.blocks
    guard blocks.indices.contains(layer) else {
      throw Fault("unknown-address", "there is no layer L\(layer)")
    }
    let block = blocks[layer]
    let matrices = try modelError { () throws(TensorError) in
      var matrices = [try block.mlpInput.matrix()]
      if let gated = block.mlpGatedInput { matrices.append(try gated.matrix()) }
      return matrices
    }
    let shared = block.description.isParallel ? block.attentionNorms.input : nil
    return (matrices, (block.mlpNorms.input ?? shared).map(NormValues.init))
  }

  /// What directions of the last stream add to each logit, without biases and without the division
  /// by the stream's length: [direction, vocabulary] for [direction, width].
  ///
  /// The gain of the final norm, and the subtraction of the mean where it has one, are part of the
  /// map.
  ///
  /// - Throws: `Fault` when the model has no logits, or computes them through a layer that is
  ///   not linear.
  public func unembed(_ directions: Tensor<Double>) throws(Fault) -> Tensor<Double> {
    let map = try linearOutput().map.withoutBias
    let folded = finalNorm.map { NormValues($0).folding(directions) } ?? directions
    return Kernels.linear(folded.converted(to: Element.self), map).converted(to: Double.self)
  }

  /// The products W·Wᵀ of the map from the last stream to the logits, width × width: what
  /// directions come to in all, without forming the map as a whole.
  ///
  /// - Throws: As `unembed`.
  public func unembeddingGram() throws(Fault) -> Matrix {
    let output = try linearOutput()
    let norm = finalNorm.map(NormValues.init)
    var sum = Matrix(zeros: description.width, description.width)
    for start in stride(from: 0, to: output.outputCount, by: Self.columnsAtOnce) {
      if Workers.cancellation() { throw .interrupted }
      let columns = start..<min(start + Self.columnsAtOnce, output.outputCount)
      let part = try modelError { () throws(TensorError) in
        try output.matrix(outputs: columns)
      }
      let gram = Matrix(folding: part, through: norm).rowProducts
      for place in sum.elements.indices { sum.elements[place] += gram.elements[place] }
    }
    return sum
  }

  private static var columnsAtOnce: Int { 4096 }

  private func linearOutput() throws(Fault) -> Projection<Element> {
    guard let output else {
      throw Fault(
        "no-logits", "this model is a bare body: it has no logits",
        help: "read its hidden states instead, for instance with   capture p final")
    }
    guard output.transform == nil else {
      throw Fault(
        "not-linear", "this model's logits do not depend linearly on the last stream")
    }
    return output.vocabulary
  }
}

extension Matrix {
  /// A matrix that the stream is multiplied with from the left, with a norm's gain on its rows and,
  /// where the norm takes the mean away, without what the mean would give.
  public init(folding tensor: Tensor<Double>, through norm: NormValues?) {
    let (rows, columns) = (tensor.shape[0], tensor.shape[1])
    var elements = tensor.elements
    if let norm {
      for row in 0..<rows {
        for column in 0..<columns { elements[row * columns + column] *= norm.gain[row] }
      }
    }
    let scaled = Matrix(rows: rows, columns: columns, elements)
    self = norm?.kind == .layer ? scaled.centred : scaled
  }
}

extension NormValues {
  /// What the norm's linear part makes of rows: less their mean where the norm subtracts it, times
  /// the gain; neither the bias nor the division by the length.
  public func folding(_ rows: Tensor<Double>) -> Tensor<Double> {
    let width = gain.count
    var elements = rows.elements
    for start in stride(from: 0, to: elements.count, by: max(width, 1)) {
      var mean = 0.0
      if kind == .layer {
        for column in 0..<width { mean += elements[start + column] }
        mean /= Double(width)
      }
      for column in 0..<width {
        elements[start + column] = (elements[start + column] - mean) * gain[column]
      }
    }
    return Tensor(rows.axes, rows.shape, elements)
  }
}
