import Checkpoints

extension Family {
  /// BERT (Devlin et al., 2019): post-norm, learned positions and segments, bidirectional; with the
  /// masked-language-model head where the checkpoint has one, and a bare encoder otherwise.
  public static let bert = Family(
    name: "bert", prefixes: ["bert.", ""], landmark: "embeddings.word_embeddings.weight",
    describe: { configuration, tensors throws(ModelError) in
      try reading(configuration) { (config) throws(CheckpointError) in
        try config.require("position_embedding_type", "absolute")
        let width = try config.size("hidden_size")
        let heads = try config.size("num_attention_heads")
        let headWidth = try config.share(width, among: heads, "num_attention_heads")
        let norm = NormDescription(
          .layer, epsilon: try config.double("layer_norm_eps", default: 1e-12))
        let activation = try config.activation("hidden_act", default: "gelu")
        let context = try config.size("max_position_embeddings")
        let block = BlockDescription(
          attention: AttentionDescription(
            heads: heads, groups: heads, headWidth: headWidth,
            scale: 1 / Double(headWidth).squareRoot(),
            isCausal: try config.bool("is_decoder", default: false)),
          attentionNorms: BranchNorms(stream: norm),
          mlp: MLPDescription(
            width: try config.size("intermediate_size"), activation: activation, isGated: false),
          mlpNorms: BranchNorms(stream: norm))
        let isBody = try config.isBareBody()
        let hasHead = !isBody || tensors.has("cls.predictions.transform.dense.weight")
        return ModelDescription(
          family: "bert", width: width, vocabularySize: try config.size("vocab_size"),
          contextLength: context,
          embedding: EmbeddingDescription(
            learnedPositions: (context, 0), segmentCount: try config.size("type_vocab_size"),
            norm: norm),
          blocks: Array(repeating: block, count: try config.layerCount("num_hidden_layers")),
          finalNorm: nil,
          output: hasHead
            ? OutputDescription(transform: (activation, norm), hasBias: true) : nil)
      }
    },
    names: { model, tensors in
      WeightNames(
        tokens: tensors.body("embeddings.word_embeddings.weight"),
        positions: tensors.body("embeddings.position_embeddings.weight"),
        segments: tensors.body("embeddings.token_type_embeddings.weight"),
        embeddingNorm: tensors.norm("embeddings.LayerNorm"),
        blocks: model.blocks.indices.map { layer in
          let at = "encoder.layer.\(layer)."
          func projection(_ name: String) -> MatrixName {
            MatrixName(
              tensors.body(at + name + ".weight"), bias: tensors.body(at + name + ".bias"))
          }
          return BlockNames(
            attentionNorms: BranchNormNames(
              stream: tensors.norm(at + "attention.output.LayerNorm")),
            mlpNorms: BranchNormNames(stream: tensors.norm(at + "output.LayerNorm")),
            query: projection("attention.self.query"), key: projection("attention.self.key"),
            value: projection("attention.self.value"),
            attentionOutput: projection("attention.output.dense"),
            mlpInput: projection("intermediate.dense"), mlpOutput: projection("output.dense"))
        },
        output: model.output == nil ? nil : bertHead(tensors))
    })

  private static func bertHead(_ tensors: TensorNames) -> OutputNames {
    let at = "cls.predictions."
    let norm = TensorNames(prefix: "", holds: tensors.has).norm(at + "transform.LayerNorm")
    return OutputNames(
      transform: (
        MatrixName(at + "transform.dense.weight", bias: at + "transform.dense.bias"), norm
      ),
      vocabulary: MatrixName(
        tensors.first(
          of: at + "decoder.weight", tensors.body("embeddings.word_embeddings.weight")),
        bias: tensors.first(of: at + "bias", at + "decoder.bias")))
  }
}
