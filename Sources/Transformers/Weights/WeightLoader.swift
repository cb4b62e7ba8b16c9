import Faults
import Tensors

/// Reads the numbers of a model by the names that its family gives.
struct WeightLoader<Element: Scalar> {
  let stored: StoredTensors<Element>
  let rotaries: RotaryTables
  let description: ModelDescription
  let names: WeightNames

  func weights() throws(Fault) -> Weights<Element> {
    let width = description.width
    let embedding = description.embedding
    var blocks: [BlockWeights<Element>] = []
    for (block, blockNames) in zip(description.blocks, names.blocks) {
      blocks.append(try self.block(block, blockNames))
    }
    return Weights(
      description: description,
      tokens: try table(names.tokens, axes: [.vocabulary, .width]),
      positions: try positions(names.positions),
      segments: try names.segments.map { name throws(Fault) in
        try table(name, axes: ["segment", .width])
      },
      embeddingNorm: try norm(embedding.norm, names.embeddingNorm),
      blocks: blocks,
      finalNorm: try norm(description.finalNorm, names.finalNorm),
      output: try output(width: width),
      encoder: try encoder(),
      patches: try patches())
  }

  private func encoder() throws(Fault) -> EncoderWeights<Element>? {
    guard let encoder = description.encoder, let names = names.encoder else { return nil }
    var blocks: [BlockWeights<Element>] = []
    for (block, blockNames) in zip(encoder.blocks, names.blocks) {
      blocks.append(try self.block(block, blockNames))
    }
    return EncoderWeights(
      embedding: EmbeddingWeights(
        description: encoder.embedding,
        tokens: try table(names.tokens, axes: [.vocabulary, .width]),
        positions: try positions(names.positions),
        norm: try norm(encoder.embedding.norm, names.embeddingNorm)),
      blocks: blocks, finalNorm: try norm(encoder.finalNorm, names.finalNorm))
  }

  private func patches() throws(Fault) -> PatchWeights<Element>? {
    guard let names = names.patches else { return nil }
    return PatchWeights(
      projection: try matrix(names.projection),
      leading: try names.leading.map { name throws(Fault) in
        try table(name, axes: [.position, .width])
      })
  }

  private func positions(_ name: String?) throws(Fault) -> Parameter<Element>? {
    try name.map { name throws(Fault) in try table(name, axes: [.position, .width]) }
  }

  private func cross(_ cross: CrossDescription?, _ names: CrossNames?)
    throws(Fault) -> CrossWeights<Element>?
  {
    guard let cross, let names else { return nil }
    return CrossWeights(
      description: cross, norms: try branch(cross.norms, names.norms),
      query: try matrix(names.query), key: try matrix(names.key), value: try matrix(names.value),
      output: try matrix(names.output))
  }

  private func table(_ name: String, axes: [Axis]) throws(Fault) -> Parameter<Element> {
    try stored.parameter(name, axes: axes)
  }

  private func block(
    _ block: BlockDescription, _ names: BlockNames
  ) throws(Fault) -> BlockWeights<Element> {
    BlockWeights(
      description: block,
      attentionNorms: try branch(block.attentionNorms, names.attentionNorms),
      mlpNorms: try branch(block.mlpNorms, names.mlpNorms),
      query: try matrix(names.query), key: try matrix(names.key), value: try matrix(names.value),
      attentionOutput: try matrix(names.attentionOutput),
      queryNorm: try norm(block.attention.queryKeyNorm, names.queryNorm),
      keyNorm: try norm(block.attention.queryKeyNorm, names.keyNorm),
      rotary: block.attention.rotary.map { RotaryWeights($0, rotaries) },
      cross: try cross(block.cross, names.cross),
      mlpInput: try matrix(names.mlpInput),
      mlpGatedInput: try names.mlpGatedInput.map { name throws(Fault) in try matrix(name) },
      mlpOutput: try matrix(names.mlpOutput))
  }

  private func output(width: Int) throws(Fault) -> OutputWeights<Element>? {
    guard let output = description.output, let names = names.output else { return nil }
    var weights = OutputWeights<Element>(
      vocabulary: try matrix(names.vocabulary), softCap: output.softCap,
      classification: output.classification)
    if let transform = output.transform, let transformNames = names.transform {
      weights.transform = (
        try matrix(transformNames.dense), transform.activation,
        try norm(transform.norm, transformNames.norm)
      )
    }
    return weights
  }

  private func branch(_ norms: BranchNorms, _ names: BranchNormNames)
    throws(Fault) -> BranchNormWeights<Element>
  {
    BranchNormWeights(
      input: try norm(norms.input, names.input), output: try norm(norms.output, names.output),
      stream: try norm(norms.stream, names.stream))
  }

  private func norm(_ norm: NormDescription?, _ names: NormNames?)
    throws(Fault) -> NormWeights<Element>?
  {
    guard let norm, let names else { return nil }
    return NormWeights(
      description: norm, gain: try table(names.gain, axes: [.width]),
      bias: try names.bias.map { name throws(Fault) in try table(name, axes: [.width]) })
  }

  private func matrix(_ name: MatrixName) throws(Fault) -> Projection<Element> {
    let axes: [Axis] =
      name.layout == .inputByOutput ? [.width, "output"] : ["output", .width]
    let matrix = try table(name.weight, axes: axes)
    let bias = try name.bias.map { name throws(Fault) in try table(name, axes: ["output"]) }
    do {
      return try Projection(
        matrix, layout: name.layout, bias: bias, outputs: name.slice?.outputs)
    } catch {
      throw Fault("bad-checkpoint", "\(name.weight): \(error)")
    }
  }
}
