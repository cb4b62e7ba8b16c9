import Checkpoints
import Faults

extension Family {
  /// BART (Lewis et al., 2020): an encoder and a decoder, post-norm, learned positions.
  public static let bart = BartLikeFamily(name: "bart").family

  /// mBART (Liu et al., 2020): BART with the norms in front of each part, and one more behind each
  /// stack.
  public static let mbart = BartLikeFamily(name: "mbart", isPreNorm: true).family

  /// Marian (Junczys-Dowmunt et al., 2018): post-norm, positions as sines and cosines, no norm behind
  /// the embedding.
  public static let marian = BartLikeFamily(
    name: "marian", hasLearnedPositions: false, vocabularySize: 58101
  )
  .family
}

/// What BART and its descendants have in common.
struct BartLikeFamily {
  var name: String
  var isPreNorm = false
  /// Whether positions have a table of their own (behind two rows that are never read) and the
  /// embedding has a norm; otherwise positions are computed.
  var hasLearnedPositions = true
  /// How many token ids there are where the configuration says nothing.
  var vocabularySize = 50265

  var family: Family {
    Family(
      name: name, prefixes: ["model.", ""], landmark: "encoder.layers.0.fc1.weight",
      // Where both sides have tables of their own, what they once shared is not read.
      needless: ["shared.weight"],
      describe: { configuration, tensors throws(Fault) in
        try reading(configuration) { (config) throws(CheckpointError) in
          try describe(config, tensors)
        }
      },
      names: names)
  }

  private func describe(_ config: Configuration, _ tensors: TensorNames)
    throws(CheckpointError) -> ModelDescription
  {
    let isTied = try config.isTied(default: true)
    let hasLogits = try config.hasLogits(
      ["ForConditionalGeneration": .tokens, "MTModel": .tokens], head: "lm_head.weight",
      isTied: isTied, in: tensors)
    let size = try config.size("vocab_size", default: vocabularySize)
    let decoderSize = try config.size("decoder_vocab_size", default: size)
    guard size == decoderSize else {
      throw config.unsupported(
        "decoder_vocab_size", known: "one vocabulary of \(size) for both sides",
        found: "\(decoderSize)")
    }
    let width = try config.size(config.firstPresent("hidden_size", "d_model"), default: 1024)
    let context = try config.size("max_position_embeddings", default: 1024)
    let scaled = try config.bool("scale_embedding", default: false)
    let norm = NormDescription(.layer, epsilon: 1e-5)
    let embedding = EmbeddingDescription(
      learnedPositions: hasLearnedPositions ? (context, 2) : nil,
      sinusoidalPositions: hasLearnedPositions ? nil : context,
      norm: hasLearnedPositions ? norm : nil, scale: scaled ? Double(width).squareRoot() : 1)
    let finalNorm = isPreNorm ? norm : nil
    return ModelDescription(
      family: name, width: width,
      vocabularySize: size,
      contextLength: context, embedding: embedding,
      blocks: try blocks("decoder", config, width, norm), finalNorm: finalNorm,
      output: hasLogits ? OutputDescription(hasBias: true, isTied: isTied) : nil,
      encoder: EncoderDescription(
        embedding: embedding, blocks: try blocks("encoder", config, width, norm),
        finalNorm: finalNorm))
  }

  private func blocks(
    _ side: String, _ config: Configuration, _ width: Int, _ norm: NormDescription
  ) throws(CheckpointError) -> [BlockDescription] {
    // The general names mean the encoder, and have the last word where both are there.
    func key(_ own: String, _ general: String) -> String {
      side == "encoder" ? config.firstPresent(general, own) : own
    }
    let headKey = key("\(side)_attention_heads", "num_attention_heads")
    let heads = try config.size(headKey, default: 16)
    let headWidth = try config.share(width, among: heads, headKey)
    let norms = isPreNorm ? BranchNorms(input: norm) : BranchNorms(stream: norm)
    func attention(isCausal: Bool) -> AttentionDescription {
      AttentionDescription(
        heads: heads, groups: heads, headWidth: headWidth,
        scale: 1 / Double(headWidth).squareRoot(), isCausal: isCausal)
    }
    let isDecoder = side == "decoder"
    let block = BlockDescription(
      attention: attention(isCausal: isDecoder), attentionNorms: norms,
      cross: isDecoder
        ? CrossDescription(attention: attention(isCausal: false), norms: norms) : nil,
      mlp: MLPDescription(
        width: try config.size("\(side)_ffn_dim", default: 4096),
        activation: try config.activation("activation_function", default: "gelu"),
        isGated: false),
      mlpNorms: norms)
    let layers = try config.layerCount(key("\(side)_layers", "num_hidden_layers"), default: 12)
    return Array(repeating: block, count: layers)
  }

  private func names(_ model: ModelDescription, _ tensors: TensorNames) -> WeightNames {
    let isTied = model.output?.isTied ?? true
    func own(_ side: String) -> String {
      let shared = tensors.body("shared.weight")
      let other = tensors.body((side == "encoder" ? "decoder" : "encoder") + ".embed_tokens.weight")
      return tensors.table(
        tensors.body("\(side).embed_tokens.weight"),
        isTied && tensors.has(other) && !tensors.has(shared) ? other : shared,
        head: "lm_head.weight", isTied: isTied)
    }
    func positions(_ side: String) -> String? {
      let table = tensors.body("\(side).embed_positions.weight")
      return hasLearnedPositions || tensors.has(table) ? table : nil
    }
    func embeddingNorm(_ side: String) -> NormNames? {
      hasLearnedPositions ? tensors.norm("\(side).layernorm_embedding") : nil
    }
    func finalNorm(_ side: String) -> NormNames? {
      isPreNorm ? tensors.norm("\(side).layer_norm") : nil
    }
    let bias = "final_logits_bias"
    let size = model.vocabularySize
    return WeightNames(
      tokens: own("decoder"), positions: positions("decoder"),
      embeddingNorm: embeddingNorm("decoder"),
      blocks: model.blocks.indices.map { block("decoder.layers.\($0).", tensors, hasCross: true) },
      finalNorm: finalNorm("decoder"),
      output: model.output.map { _ in
        OutputNames(
          vocabulary: MatrixName(
            tensors.head(
              "lm_head.weight", table: tiedTable(tensors, own("decoder")), isTied: isTied),
            bias: tensors.has(bias) ? bias : nil))
      },
      encoder: EncoderNames(
        tokens: own("encoder"), positions: positions("encoder"),
        embeddingNorm: embeddingNorm("encoder"),
        blocks: (model.encoder?.blocks ?? []).indices.map {
          block("encoder.layers.\($0).", tensors, hasCross: false)
        },
        finalNorm: finalNorm("encoder")),
      storedShapes: [bias: StoredShape(stored: [1, size], used: [size])])
  }

  /// The table that the output matrix is where the file has no other: what both sides share, or else
  /// the decoder's own.
  private func tiedTable(_ tensors: TensorNames, _ decoder: String) -> String {
    let shared = tensors.body("shared.weight")
    return tensors.has(shared) ? shared : decoder
  }

  private func block(_ at: String, _ tensors: TensorNames, hasCross: Bool) -> BlockNames {
    func projection(_ name: String) -> MatrixName {
      MatrixName(tensors.body(at + name + ".weight"), bias: tensors.body(at + name + ".bias"))
    }
    func norms(_ name: String) -> BranchNormNames {
      let norm = tensors.norm(at + name)
      return isPreNorm ? BranchNormNames(input: norm) : BranchNormNames(stream: norm)
    }
    return BlockNames(
      attentionNorms: norms("self_attn_layer_norm"), mlpNorms: norms("final_layer_norm"),
      query: projection("self_attn.q_proj"), key: projection("self_attn.k_proj"),
      value: projection("self_attn.v_proj"), attentionOutput: projection("self_attn.out_proj"),
      cross: hasCross
        ? CrossNames(
          norms: norms("encoder_attn_layer_norm"), query: projection("encoder_attn.q_proj"),
          key: projection("encoder_attn.k_proj"), value: projection("encoder_attn.v_proj"),
          output: projection("encoder_attn.out_proj"))
        : nil,
      mlpInput: projection("fc1"), mlpOutput: projection("fc2"))
  }
}
