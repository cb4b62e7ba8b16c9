import Checkpoints
import Faults

extension Family {
  /// Llama (Touvron et al., 2023): pre-RMSNorm, rotary positions, grouped keys, gated MLP.
  public static let llama = Family(
    name: "llama", prefixes: ["model.", ""], landmark: "layers.0.input_layernorm.weight",
    describe: { configuration, tensors throws(Fault) in
      try reading(configuration) { (config) throws(CheckpointError) in
        let width = try config.size("hidden_size", default: 4096)
        let heads = try config.size("num_attention_heads", default: 32)
        let groups = try config.size("num_key_value_heads", default: heads)
        _ = try config.share(heads, among: groups, "num_key_value_heads")
        let headWidth =
          if let own = try config.optionalInt("head_dim", in: 1...1 << 16) { own } else {
            try config.share(width, among: heads, "num_attention_heads")
          }
        let norm = NormDescription(.rms, epsilon: try config.double("rms_norm_eps", default: 1e-6))
        let context = try config.size("max_position_embeddings", default: 2048)
        let rotary = try config.rotary(width: headWidth, context: context)
        let block = BlockDescription(
          attention: AttentionDescription(
            heads: heads, groups: groups, headWidth: headWidth,
            scale: 1 / Double(headWidth).squareRoot(), isCausal: true,
            rotary: rotary, hasBias: try config.bool("attention_bias", default: false)),
          attentionNorms: BranchNorms(input: norm),
          mlp: MLPDescription(
            width: try config.size("intermediate_size", default: 11008),
            activation: try config.activation("hidden_act", default: "silu"), isGated: true,
            hasBias: try config.bool("mlp_bias", default: false)),
          mlpNorms: BranchNorms(input: norm))
        let isTied = try config.isTied(default: false)
        let hasLogits = try config.hasLogits(
          ["ForCausalLM": .tokens], head: "lm_head.weight", isTied: isTied, in: tensors)
        return ModelDescription(
          family: "llama", width: width,
          vocabularySize: try config.size("vocab_size", default: 32000),
          contextLength: rotary.hasLimit ? context : nil, embedding: EmbeddingDescription(),
          blocks: Array(
            repeating: block, count: try config.layerCount("num_hidden_layers", default: 32)),
          finalNorm: norm, output: hasLogits ? OutputDescription(isTied: isTied) : nil)
      }
    },
    names: { model, tensors in
      let isTied = model.output?.isTied ?? false
      let tokens = tensors.table(
        tensors.body("embed_tokens.weight"), head: "lm_head.weight", isTied: isTied)
      return WeightNames(
        tokens: tokens,
        blocks: model.blocks.indices.map { layer in
          let at = "layers.\(layer)."
          let block = model.blocks[layer]
          func projection(_ name: String) -> MatrixName {
            let hasBias =
              name.hasPrefix("mlp") ? block.mlp.hasBias : block.attention.hasBias
            return MatrixName(
              tensors.body(at + name + ".weight"),
              bias: hasBias ? tensors.body(at + name + ".bias") : nil)
          }
          return BlockNames(
            attentionNorms: BranchNormNames(
              input: tensors.norm(at + "input_layernorm", hasBias: false)),
            mlpNorms: BranchNormNames(
              input: tensors.norm(at + "post_attention_layernorm", hasBias: false)),
            query: projection("self_attn.q_proj"), key: projection("self_attn.k_proj"),
            value: projection("self_attn.v_proj"),
            attentionOutput: projection("self_attn.o_proj"),
            mlpInput: projection("mlp.gate_proj"), mlpGatedInput: projection("mlp.up_proj"),
            mlpOutput: projection("mlp.down_proj"))
        },
        finalNorm: tensors.norm("norm", hasBias: false),
        output: model.output == nil
          ? nil
          : OutputNames(
            vocabulary: MatrixName(
              tensors.head("lm_head.weight", table: tokens, isTied: isTied))))
    })
}
