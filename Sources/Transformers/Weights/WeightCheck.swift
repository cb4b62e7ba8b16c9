import Faults
import Tensors

/// What a checkpoint must hold for a model: every tensor's name and shape.
public struct RequiredTensor: Sendable, Hashable {
  /// The tensor's name.
  public var name: String
  /// Its shape.
  public var shape: [Int]
}

extension WeightNames {
  /// Every tensor that the model reads, with the shape that its description asks for.
  public func required(by model: ModelDescription) -> [RequiredTensor] {
    var list = RequirementList()
    let width = model.width
    if let names = patches, let patches = model.embedding.patches {
      for name in names.leading { list.add(name, [1, width]) }
      list.add(names.projection, inputs: patches.patchSize, outputs: width)
    } else {
      list.add(tokens, [model.vocabularySize, width])
    }
    list.add(positions, model.embedding, width)
    if let count = model.embedding.segmentCount { list.add(segments, [count, width]) }
    list.add(embeddingNorm, width)
    for (block, names) in zip(model.blocks, blocks) { list.add(block, names, width: width) }
    list.add(finalNorm, width)
    if let output {
      if let transform = output.transform {
        list.add(transform.dense, inputs: width, outputs: width)
        list.add(transform.norm, width)
      }
      list.add(output.vocabulary, inputs: width, outputs: model.outputWidth)
    }
    if let names = encoder, let encoder = model.encoder {
      list.add(names.tokens, [model.vocabularySize, width])
      list.add(names.positions, encoder.embedding, width)
      list.add(names.embeddingNorm, width)
      for (block, names) in zip(encoder.blocks, names.blocks) {
        list.add(block, names, width: width)
      }
      list.add(names.finalNorm, width)
    }
    return list.tensors
  }

  /// Checks that `source` holds every tensor, in the right shape, without reading any.
  ///
  /// - Throws: `Fault` that names all missing tensors, or all wrong shapes.
  public func check(_ source: some WeightSource, for model: ModelDescription) throws(Fault) {
    let required = required(by: model)
    let missing = required.filter { source.shape(of: $0.name) == nil }.map(\.name)
    if !missing.isEmpty {
      throw Fault(
        "missing-tensors",
        "the checkpoint lacks \(missing.count) tensor\(missing.count == 1 ? "" : "s"): "
          + missing.joined(separator: ", "),
        help: "is it a \(model.family) checkpoint, saved whole?")
    }
    let wrong = required.compactMap { tensor -> String? in
      guard let found = source.shape(of: tensor.name), found != tensor.shape else { return nil }
      return "\(tensor.name) is \(found), the configuration asks for \(tensor.shape)"
    }
    if !wrong.isEmpty {
      throw Fault(
        "wrong-shape", "tensors do not fit the configuration: " + wrong.joined(separator: "; "),
        help: "check the sizes in config.json")
    }
  }
}

/// Collects requirements; a name asked for twice (tied weights) is listed once.
private struct RequirementList {
  var tensors: [RequiredTensor] = []
  private var seen: Set<String> = []

  mutating func add(_ name: String?, _ shape: [Int]) {
    guard let name, seen.insert(name).inserted else { return }
    tensors.append(RequiredTensor(name: name, shape: shape))
  }

  /// A table of positions: learned, or sines and cosines as somebody stored them.
  mutating func add(_ name: String?, _ embedding: EmbeddingDescription, _ width: Int) {
    if let table = embedding.learnedPositions {
      add(name, [table.count + table.offset, width])
    } else if let count = embedding.sinusoidalPositions {
      add(name, [count, width])
    }
  }

  mutating func add(_ norms: BranchNormNames, _ width: Int) {
    add(norms.input, width)
    add(norms.output, width)
    add(norms.stream, width)
  }

  mutating func add(_ norm: NormNames?, _ width: Int) {
    add(norm?.gain, [width])
    add(norm?.bias, [width])
  }

  mutating func add(_ matrix: MatrixName?, inputs: Int, outputs: Int) {
    guard let matrix else { return }
    let stored = matrix.slice?.stored ?? outputs
    add(matrix.weight, matrix.layout == .inputByOutput ? [inputs, stored] : [stored, inputs])
    add(matrix.bias, [stored])
  }

  mutating func add(_ block: BlockDescription, _ names: BlockNames, width: Int) {
    for norms in [names.attentionNorms, names.mlpNorms] { add(norms, width) }
    if let names = names.cross, let cross = block.cross?.attention {
      add(names.norms, width)
      add(names.query, inputs: width, outputs: cross.heads * cross.headWidth)
      add(names.key, inputs: width, outputs: cross.groups * cross.headWidth)
      add(names.value, inputs: width, outputs: cross.groups * cross.headWidth)
      add(names.output, inputs: cross.heads * cross.headWidth, outputs: width)
    }
    let attention = block.attention
    let queries = attention.heads * attention.headWidth
    let keys = attention.groups * attention.headWidth
    add(names.query, inputs: width, outputs: queries)
    add(names.key, inputs: width, outputs: keys)
    add(names.value, inputs: width, outputs: keys)
    add(names.attentionOutput, inputs: queries, outputs: width)
    add(names.queryNorm, attention.headWidth)
    add(names.keyNorm, attention.headWidth)
    add(names.mlpInput, inputs: width, outputs: block.mlp.width)
    add(names.mlpGatedInput, inputs: width, outputs: block.mlp.width)
    add(names.mlpOutput, inputs: block.mlp.width, outputs: width)
  }
}
