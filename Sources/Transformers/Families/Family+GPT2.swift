import Checkpoints
import Faults

extension Family {
  /// GPT-2 (Radford et al., 2019): pre-norm, learned positions, matrices stored input by output.
  public static let gpt2 = Family(
    name: "gpt2", prefixes: ["transformer.", ""], landmark: "h.0.ln_1.weight",
    describe: { configuration, tensors throws(Fault) in
      try reading(configuration) { (config) throws(CheckpointError) in
        // The general names of these keys have the last word where both are there.
        let width = try config.size(config.firstPresent("hidden_size", "n_embd"), default: 768)
        let headKey = config.firstPresent("num_attention_heads", "n_head")
        let heads = try config.size(headKey, default: 12)
        let norm = NormDescription(
          .layer, epsilon: try config.double("layer_norm_epsilon", default: 1e-5))
        let headWidth = try config.share(width, among: heads, headKey)
        let scaled = try config.bool("scale_attn_weights", default: true)
        let byLayer = try config.bool("scale_attn_by_inverse_layer_idx", default: false)
        let mlp = MLPDescription(
          width: try config.size("n_inner", default: 4 * width),
          activation: try config.activation("activation_function", default: "gelu_new"),
          isGated: false)
        let context = try config.size(
          config.firstPresent("max_position_embeddings", "n_positions"), default: 1024)
        let layers = try config.layerCount(
          config.firstPresent("num_hidden_layers", "n_layer"), default: 12)
        let blocks = (0..<layers).map { layer in
          BlockDescription(
            attention: AttentionDescription(
              heads: heads, groups: heads, headWidth: headWidth,
              scale: (scaled ? 1 / Double(headWidth).squareRoot() : 1)
                / (byLayer ? Double(layer + 1) : 1),
              isCausal: true),
            attentionNorms: BranchNorms(input: norm), mlp: mlp, mlpNorms: BranchNorms(input: norm))
        }
        let isTied = try config.isTied(default: true)
        let hasLogits = try config.hasLogits(
          ["LMHeadModel": .tokens, "ForCausalLM": .tokens], head: "lm_head.weight",
          isTied: isTied, in: tensors)
        return ModelDescription(
          family: "gpt2", width: width,
          vocabularySize: try config.size("vocab_size", default: 50257),
          contextLength: context,
          embedding: EmbeddingDescription(learnedPositions: (context, 0)), blocks: blocks,
          finalNorm: norm, output: hasLogits ? OutputDescription(isTied: isTied) : nil)
      }
    },
    names: { model, tensors in
      let width = model.width
      let isTied = model.output?.isTied ?? false
      let tokens = tensors.table(
        tensors.body("wte.weight"), head: "lm_head.weight", isTied: isTied)
      return WeightNames(
        tokens: tokens, positions: tensors.body("wpe.weight"),
        blocks: model.blocks.indices.map { layer in
          let at = "h.\(layer)."
          func projection(_ name: String, _ third: Int? = nil) -> MatrixName {
            MatrixName(
              tensors.body(at + name + ".weight"), bias: tensors.body(at + name + ".bias"),
              layout: .inputByOutput,
              slice: third.map { (3 * width, $0 * width..<($0 + 1) * width) })
          }
          return BlockNames(
            attentionNorms: BranchNormNames(input: tensors.norm(at + "ln_1")),
            mlpNorms: BranchNormNames(input: tensors.norm(at + "ln_2")),
            query: projection("attn.c_attn", 0), key: projection("attn.c_attn", 1),
            value: projection("attn.c_attn", 2), attentionOutput: projection("attn.c_proj"),
            mlpInput: projection("mlp.c_fc"), mlpOutput: projection("mlp.c_proj"))
        },
        finalNorm: tensors.norm("ln_f"),
        output: model.output.map { _ in
          OutputNames(
            vocabulary: MatrixName(
              tensors.head("lm_head.weight", table: tokens, isTied: isTied)))
        })
    })
}
