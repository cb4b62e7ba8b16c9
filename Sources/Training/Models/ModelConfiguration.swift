import Foundation

/// The `config.json` of a model that is to be trained: which architecture serves an objective, and
/// the keys that the architecture's own library reads.
struct ModelConfiguration {
  let plan: ModelPlan
  let objective: Objective
  var vocabularySize: Int
  /// The classes of each task; one task without a name for a plain classifier.
  var tasks: [(name: String?, labels: [String])] = []
  /// Images: side and channels of the image, and the side of a patch.
  var image: (side: Int, channels: Int, patch: Int)?

  private static let activation = "gelu_new"
  private static let deviation = 0.02
  /// The ids that every vocabulary of the project begins with.
  private static let (beginning, end, padding) = (0, 1, 2)

  /// The file's bytes.
  var data: Data {
    let options: JSONSerialization.WritingOptions = [
      .prettyPrinted, .sortedKeys, .withoutEscapingSlashes,
    ]
    // Strings, numbers, lists and dictionaries only: this cannot fail.
    return (try? JSONSerialization.data(withJSONObject: keys, options: options)) ?? Data()
  }

  private var keys: [String: Any] {
    switch objective {
    case .causal: gpt2
    case .masked, .classification, .imageCodes: encoder
    case .translation: translation
    case .images: vision
    }
  }

  private var gpt2: [String: Any] {
    [
      "architectures": ["GPT2LMHeadModel"], "model_type": "gpt2", "n_embd": plan.width,
      "n_layer": plan.layers, "n_head": plan.heads, "n_inner": plan.inner,
      "n_positions": plan.context, "n_ctx": plan.context, "vocab_size": vocabularySize,
      "activation_function": Self.activation, "layer_norm_epsilon": 1e-5,
      "initializer_range": Self.deviation, "bos_token_id": Self.beginning,
      "eos_token_id": Self.beginning, "pad_token_id": Self.padding, "tie_word_embeddings": false,
      "attn_pdrop": 0, "embd_pdrop": 0, "resid_pdrop": 0, "torch_dtype": "float16",
    ]
  }

  private var encoder: [String: Any] {
    var keys: [String: Any] = [
      "model_type": "roberta-prelayernorm", "hidden_size": plan.width,
      "num_hidden_layers": plan.layers, "num_attention_heads": plan.heads,
      "intermediate_size": plan.inner, "vocab_size": vocabularySize,
      // Positions are counted from behind the padding id.
      "max_position_embeddings": plan.context + Self.padding + 1,
      "type_vocab_size": 2, "hidden_act": Self.activation, "layer_norm_eps": 1e-5,
      "initializer_range": Self.deviation, "bos_token_id": Self.beginning,
      "eos_token_id": Self.end, "pad_token_id": Self.padding, "hidden_dropout_prob": 0,
      "attention_probs_dropout_prob": 0, "torch_dtype": "float16",
    ]
    if objective == .masked {
      keys["architectures"] = ["RobertaPreLayerNormForMaskedLM"]
      keys["tie_word_embeddings"] = true
    } else {
      keys["architectures"] = ["RobertaPreLayerNormForSequenceClassification"]
      keys.merge(labels) { $1 }
    }
    return keys
  }

  private var translation: [String: Any] {
    [
      "architectures": ["MBartForConditionalGeneration"], "model_type": "mbart",
      "d_model": plan.width, "encoder_layers": plan.layers, "decoder_layers": plan.layers,
      "encoder_attention_heads": plan.heads, "decoder_attention_heads": plan.heads,
      "encoder_ffn_dim": plan.inner, "decoder_ffn_dim": plan.inner,
      "max_position_embeddings": plan.context, "vocab_size": vocabularySize,
      "activation_function": Self.activation, "scale_embedding": false,
      "init_std": Self.deviation, "is_encoder_decoder": true, "bos_token_id": Self.beginning,
      "eos_token_id": Self.end, "pad_token_id": Self.padding,
      "decoder_start_token_id": Self.beginning, "forced_eos_token_id": NSNull(),
      "tie_word_embeddings": true, "dropout": 0,
      "attention_dropout": 0, "activation_dropout": 0, "torch_dtype": "float16",
    ]
  }

  private var vision: [String: Any] {
    var keys: [String: Any] = [
      "architectures": ["ViTForImageClassification"], "model_type": "vit",
      "hidden_size": plan.width, "num_hidden_layers": plan.layers,
      "num_attention_heads": plan.heads, "intermediate_size": plan.inner,
      "hidden_act": Self.activation, "layer_norm_eps": 1e-5, "qkv_bias": true,
      "initializer_range": Self.deviation, "hidden_dropout_prob": 0,
      "attention_probs_dropout_prob": 0, "torch_dtype": "float16",
    ]
    if let image {
      keys["image_size"] = image.side
      keys["num_channels"] = image.channels
      keys["patch_size"] = image.patch
    }
    return keys.merging(labels) { $1 }
  }

  /// The labels by their column, and the tasks that share the columns where there are several.
  private var labels: [String: Any] {
    let names = tasks.flatMap { task in
      task.labels.map { label in task.name.map { "\($0).\(label)" } ?? label }
    }
    let numbered = names.enumerated().map { ("\($0)", $1) }
    var keys: [String: Any] = [
      "id2label": Dictionary(uniqueKeysWithValues: numbered),
      "label2id": Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { a, _ in a }),
      "num_labels": names.count, "problem_type": "single_label_classification",
    ]
    if tasks.count > 1 {
      keys["sonde_tasks"] = Dictionary(
        tasks.compactMap { task in task.name.map { ($0, task.labels) } },
        uniquingKeysWith: { a, _ in a })
    }
    return keys
  }
}
