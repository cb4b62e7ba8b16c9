import Tensors

extension Weights {
  /// What a side adds to its tokens for each position that a row can have, [position, width]; nil
  /// where positions enter elsewhere or nowhere.
  public func positionRows(of stack: Stack) -> AnyTensor? {
    let embedding = stack == .encoder ? encoder?.embedding : self.embedding
    guard let embedding, embedding.description.hasPositionRows else { return nil }
    if let table = embedding.positions?.tensor {
      let offset = embedding.description.learnedPositions?.offset ?? 0
      let rows = Array(min(offset, table.shape[0])..<table.shape[0])
      return (try? table.read(Region([rows, nil]))).map { AnyTensor($0) }
    }
    return embedding.description.sinusoidalPositions.map { count in
      let rows: Tensor<Element> = SinusoidalTable.rows(
        at: Array(0..<count), width: description.width)
      return AnyTensor(rows)
    }
  }

  /// The same numbers without position rows, rotations and linear biases; with `masks`, also
  /// without causal masks and windows, so that nothing tells tokens apart by their order.
  public func withoutOrder(masks: Bool) -> any Runtime {
    var weights = self
    weights.description = description.withoutOrder(masks: masks)
    weights.blocks = blocks.map { $0.withoutOrder(masks: masks) }
    if var encoder {
      encoder.embedding.description = encoder.embedding.description.withoutPositions
      encoder.blocks = encoder.blocks.map { $0.withoutOrder(masks: masks) }
      weights.encoder = encoder
    }
    return weights
  }
}

extension BlockWeights {
  fileprivate func withoutOrder(masks: Bool) -> BlockWeights {
    var block = self
    block.rotary = nil
    block.description = description.withoutOrder(masks: masks)
    return block
  }
}

extension ModelDescription {
  fileprivate func withoutOrder(masks: Bool) -> ModelDescription {
    var model = self
    model.embedding = embedding.withoutPositions
    model.blocks = blocks.map { $0.withoutOrder(masks: masks) }
    if var encoder {
      encoder.embedding = encoder.embedding.withoutPositions
      encoder.blocks = encoder.blocks.map { $0.withoutOrder(masks: masks) }
      model.encoder = encoder
    }
    return model
  }
}

extension BlockDescription {
  fileprivate func withoutOrder(masks: Bool) -> BlockDescription {
    var block = self
    block.attention.rotary = nil
    block.attention.slopes = nil
    if masks {
      block.attention.isCausal = false
      block.attention.window = nil
    }
    return block
  }
}

extension EmbeddingDescription {
  fileprivate var withoutPositions: EmbeddingDescription {
    var embedding = self
    embedding.learnedPositions = nil
    embedding.sinusoidalPositions = nil
    return embedding
  }
}
