import Checkpoints
import Faults
import Tensors

/// What BERT and its descendants have in common: the configuration's keys, the body's tensor names
/// and the choice among a masked-language-model head, a classifier and none.
struct BertLikeFamily {
  let name: String
  let prefix: String
  /// Whether the norms stand in front of each part, with one more behind the last block.
  let isPreNorm: Bool
  /// The norms' epsilon where the configuration says nothing.
  let epsilon: Double
  /// How many token ids there are where the configuration says nothing.
  let vocabularySize: Int
  /// Whether positions count the tokens that are not padding, from the row after the padding id's on;
  /// otherwise they count all tokens from the first row on.
  let isCountedFromPadding: Bool
  /// The activation of the masked-language-model head, or nil for the body's own.
  var headActivation: Activation?
  /// A tensor that only a checkpoint with the masked-language-model head has.
  let headLandmark: String
  /// The output matrix of that head, where the file has it apart from the token table.
  let headMatrix: String
  /// The head with its output matrix under a name.
  let head: @Sendable (TensorNames, String) -> OutputNames
  let classifier: @Sendable (TensorNames) -> OutputNames

  var family: Family {
    Family(
      name: name, prefixes: [prefix, ""], landmark: "embeddings.position_embeddings.weight",
      // The pooler feeds classifiers alone; of two biases of the head that of its matrix counts.
      needless: ["pooler.dense.", "cls.seq_relationship.", "cls.predictions.bias", "lm_head.bias"],
      describe: { configuration, tensors throws(Fault) in
        try reading(configuration) { (config) throws(CheckpointError) in
          try describe(config, tensors)
        }
      },
      names: names)
  }

  private func describe(_ config: Configuration, _ tensors: TensorNames) throws(CheckpointError)
    -> ModelDescription
  {
    try config.require("position_embedding_type", "absolute")
    let width = try config.size("hidden_size", default: 768)
    let heads = try config.size("num_attention_heads", default: 12)
    let headWidth = try config.share(width, among: heads, "num_attention_heads")
    let norm = NormDescription(
      .layer, epsilon: try config.double("layer_norm_eps", default: epsilon))
    let norms = isPreNorm ? BranchNorms(input: norm) : BranchNorms(stream: norm)
    let activation = try config.activation("hidden_act", default: "gelu")
    let offset = isCountedFromPadding ? try config.int("pad_token_id", default: 1) + 1 : 0
    let context = try config.size("max_position_embeddings", default: 512) - offset
    guard context > 0 else {
      throw config.invalid(
        "max_position_embeddings", expected: "more than \(offset) rows",
        found: "\(context + offset)")
    }
    let block = BlockDescription(
      attention: AttentionDescription(
        heads: heads, groups: heads, headWidth: headWidth,
        scale: 1 / Double(headWidth).squareRoot(),
        isCausal: try config.bool("is_decoder", default: false)),
      attentionNorms: norms,
      mlp: MLPDescription(
        width: try config.size("intermediate_size", default: 3072), activation: activation,
        isGated: false),
      mlpNorms: norms)
    return ModelDescription(
      family: name, width: width,
      vocabularySize: try config.size("vocab_size", default: vocabularySize),
      contextLength: context,
      embedding: EmbeddingDescription(
        learnedPositions: (context, offset),
        segmentCount: try config.size("type_vocab_size", default: 2),
        norm: norm, uncountedID: isCountedFromPadding ? offset - 1 : nil),
      blocks: Array(
        repeating: block, count: try config.layerCount("num_hidden_layers", default: 12)),
      finalNorm: isPreNorm ? norm : nil,
      output: try output(config, tensors, activation, norm))
  }

  private func output(
    _ config: Configuration, _ tensors: TensorNames, _ activation: Activation,
    _ norm: NormDescription
  ) throws(CheckpointError) -> OutputDescription? {
    let head = try config.head(among: Self.heads)
    if head == .labels {
      return OutputDescription(
        transform: (.tanh, nil), hasBias: true, classification: try config.classification())
    }
    guard head == .tokens || tensors.has(headLandmark) else { return nil }
    return OutputDescription(
      transform: (headActivation ?? activation, norm), hasBias: true,
      isTied: try config.isTied(default: true))
  }

  private static let heads: [String: Head] = [
    "ForMaskedLM": .tokens, "ForCausalLM": .tokens, "LMHeadModel": .tokens,
    "ForPreTraining": .tokens, "ForSequenceClassification": .labels,
  ]

  private func names(_ model: ModelDescription, _ tensors: TensorNames) -> WeightNames {
    let isTied = model.output?.isTied ?? false
    let tokens = tensors.table(
      tensors.body("embeddings.word_embeddings.weight"), head: headMatrix, isTied: isTied)
    let matrix = tensors.head(headMatrix, table: tokens, isTied: isTied)
    return WeightNames(
      tokens: tokens,
      positions: tensors.body("embeddings.position_embeddings.weight"),
      segments: tensors.body("embeddings.token_type_embeddings.weight"),
      embeddingNorm: tensors.norm("embeddings.LayerNorm"),
      blocks: model.blocks.indices.map { layer in
        let at = "encoder.layer.\(layer)."
        func projection(_ name: String) -> MatrixName {
          MatrixName(
            tensors.body(at + name + ".weight"), bias: tensors.body(at + name + ".bias"))
        }
        func norms(_ preNorm: String, _ postNorm: String) -> BranchNormNames {
          isPreNorm
            ? BranchNormNames(input: tensors.norm(at + preNorm))
            : BranchNormNames(stream: tensors.norm(at + postNorm))
        }
        return BlockNames(
          attentionNorms: norms("attention.LayerNorm", "attention.output.LayerNorm"),
          mlpNorms: norms("intermediate.LayerNorm", "output.LayerNorm"),
          query: projection("attention.self.query"), key: projection("attention.self.key"),
          value: projection("attention.self.value"),
          attentionOutput: projection("attention.output.dense"),
          mlpInput: projection("intermediate.dense"), mlpOutput: projection("output.dense"))
      },
      finalNorm: isPreNorm ? tensors.norm("LayerNorm") : nil,
      output: model.output.map {
        $0.classification == nil ? head(tensors, matrix) : classifier(tensors)
      })
  }
}
