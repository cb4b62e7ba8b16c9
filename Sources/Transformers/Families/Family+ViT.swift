import Checkpoints
import Faults

extension Family {
  /// ViT (Dosovitskiy et al., 2021): patches of an image behind a class token, pre-norm.
  public static let vit = PatchFamily(name: "vit", leading: ["cls_token": "[CLS]"]).family

  /// DeiT (Touvron et al., 2021): ViT with a second token in front, which was trained to agree with
  /// a teacher.
  public static let deit = PatchFamily(
    name: "deit", leading: ["cls_token": "[CLS]", "distillation_token": "[DIST]"]
  ).family
}

/// What ViT and its descendants have in common.
struct PatchFamily {
  var name: String
  /// The tensors of the tokens in front of the patches, and what the tokens are called.
  var leading: KeyValuePairs<String, String>

  var family: Family {
    let (leadingTensors, leadingTexts) = (leading.map(\.key), leading.map(\.value))
    let name = name
    return Family(
      name: name, prefixes: [name + ".", ""], landmark: "embeddings.cls_token",
      // Hidden states come before the pooler, and no patch of an image is masked.
      needless: ["pooler.dense.", "embeddings.mask_token"],
      describe: { configuration, tensors throws(Fault) in
        try reading(configuration) { (config) throws(CheckpointError) in
          try Self.describe(config, tensors, name: name, leading: leadingTexts)
        }
      },
      names: { model, tensors in Self.names(model, tensors, leading: leadingTensors) })
  }

  private static func describe(
    _ config: Configuration, _ tensors: TensorNames, name: String, leading: [String]
  ) throws(CheckpointError) -> ModelDescription {
    let head = try config.head(among: ["ForImageClassification": .labels])
    let width = try config.size("hidden_size", default: 768)
    let heads = try config.size("num_attention_heads", default: 12)
    let headWidth = try config.share(width, among: heads, "num_attention_heads")
    let norm = NormDescription(.layer, epsilon: try config.double("layer_norm_eps", default: 1e-12))
    let patches = try patches(config, leading: leading)
    let block = BlockDescription(
      attention: AttentionDescription(
        heads: heads, groups: heads, headWidth: headWidth,
        scale: 1 / Double(headWidth).squareRoot(), isCausal: false,
        hasBias: try config.bool("qkv_bias", default: true)),
      attentionNorms: BranchNorms(input: norm),
      mlp: MLPDescription(
        width: try config.size("intermediate_size", default: 3072),
        activation: try config.activation("hidden_act", default: "gelu"), isGated: false),
      mlpNorms: BranchNorms(input: norm))
    let hasHead = head == .labels || tensors.has("classifier.weight")
    return ModelDescription(
      family: name, width: width, vocabularySize: 0, contextLength: patches.tokenCount,
      embedding: EmbeddingDescription(
        learnedPositions: (patches.tokenCount, 0), patches: patches),
      blocks: Array(
        repeating: block, count: try config.layerCount("num_hidden_layers", default: 12)),
      finalNorm: norm,
      output: hasHead
        ? OutputDescription(hasBias: true, classification: try config.classification()) : nil)
  }

  private static func patches(_ config: Configuration, leading: [String])
    throws(CheckpointError) -> PatchDescription
  {
    let image = try config.sizes("image_size", default: 224)
    let patch = try config.sizes("patch_size", default: 16)
    guard image[0] >= patch[0], image[1] >= patch[1], image[0] <= 1 << 14, image[1] <= 1 << 14
    else {
      throw config.invalid(
        "patch_size", expected: "at most the image's size \(image)", found: "\(patch)")
    }
    return PatchDescription(
      channels: try config.int("num_channels", default: 3, in: 1...1 << 10), height: image[0],
      width: image[1], patchHeight: patch[0], patchWidth: patch[1], leading: leading)
  }

  private static func names(
    _ model: ModelDescription, _ tensors: TensorNames, leading: [String]
  ) -> WeightNames {
    let width = model.width
    let kernel = tensors.body("embeddings.patch_embeddings.projection.weight")
    let table = tensors.body("embeddings.position_embeddings")
    let first = leading.map { tensors.body("embeddings." + $0) }
    var shapes: [String: StoredShape] = [:]
    if let patches = model.embedding.patches {
      shapes[kernel] = StoredShape(
        stored: [width, patches.channels, patches.patchHeight, patches.patchWidth],
        used: [width, patches.patchSize])
      shapes[table] = StoredShape(
        stored: [1, patches.tokenCount, width], used: [patches.tokenCount, width])
      for name in first { shapes[name] = StoredShape(stored: [1, 1, width], used: [1, width]) }
    }
    return WeightNames(
      tokens: first[0], positions: table,
      patches: PatchNames(
        projection: MatrixName(
          kernel, bias: tensors.body("embeddings.patch_embeddings.projection.bias")),
        leading: first),
      blocks: model.blocks.enumerated().map { layer, block in
        Self.block(layer, tensors, hasBias: block.attention.hasBias)
      },
      finalNorm: tensors.norm("layernorm"),
      output: model.output == nil
        ? nil
        : OutputNames(vocabulary: MatrixName("classifier.weight", bias: "classifier.bias")),
      storedShapes: shapes)
  }

  /// The names in a file, or those that the transformers library has in memory and writes on demand.
  private static func block(_ layer: Int, _ tensors: TensorNames, hasBias: Bool) -> BlockNames {
    let isAsInMemory = tensors.has(tensors.body("layers.\(layer).attention.q_proj.weight"))
    let at = isAsInMemory ? "layers.\(layer)." : "encoder.layer.\(layer)."
    func projection(_ stored: String, _ inMemory: String, hasBias: Bool = true) -> MatrixName {
      let name = at + (isAsInMemory ? inMemory : stored)
      return MatrixName(
        tensors.body(name + ".weight"), bias: hasBias ? tensors.body(name + ".bias") : nil)
    }
    return BlockNames(
      attentionNorms: BranchNormNames(input: tensors.norm(at + "layernorm_before")),
      mlpNorms: BranchNormNames(input: tensors.norm(at + "layernorm_after")),
      query: projection("attention.attention.query", "attention.q_proj", hasBias: hasBias),
      key: projection("attention.attention.key", "attention.k_proj", hasBias: hasBias),
      value: projection("attention.attention.value", "attention.v_proj", hasBias: hasBias),
      attentionOutput: projection("attention.output.dense", "attention.o_proj"),
      mlpInput: projection("intermediate.dense", "mlp.fc1"),
      mlpOutput: projection("output.dense", "mlp.fc2"))
  }
}
