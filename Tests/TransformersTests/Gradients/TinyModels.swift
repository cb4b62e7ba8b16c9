import Tensors
import Transformers

/// The tiny models whose gradients are compared with central differences.
enum TinyFamily: String, CaseIterable, Sendable {
  case gpt2, llama, bert, bart, vit

  func model() throws -> TinyModel {
    switch self {
    case .gpt2:
      try TinyModel(
        .gpt2,
        """
        {"model_type": "gpt2", "architectures": ["GPT2LMHeadModel"], "n_embd": 8, "n_layer": 2, "n_head": 2, "n_positions": 12,
         "vocab_size": 11}
        """)
    case .llama:
      try TinyModel(
        .llama,
        """
        {"model_type": "llama", "architectures": ["LlamaForCausalLM"], "hidden_size": 8, "num_hidden_layers": 2, "num_attention_heads": 4,
         "num_key_value_heads": 2, "intermediate_size": 12, "vocab_size": 11,
         "max_position_embeddings": 12, "rms_norm_eps": 1e-5, "tie_word_embeddings": false}
        """)
    case .bert:
      try TinyModel(
        .bert,
        """
        {"model_type": "bert", "architectures": ["BertForMaskedLM"], "hidden_size": 8,
         "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 12,
         "vocab_size": 11, "max_position_embeddings": 12, "type_vocab_size": 2,
         "layer_norm_eps": 1e-5}
        """)
    case .vit:
      try TinyModel(
        .vit,
        """
        {"model_type": "vit", "architectures": ["ViTForImageClassification"], "hidden_size": 8,
         "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 12,
         "image_size": 4, "patch_size": 2, "num_channels": 3,
         "id2label": {"0": "a", "1": "b", "2": "c"}}
        """)
    case .bart:
      try TinyModel(
        .bart,
        """
        {"model_type": "bart", "architectures": ["BartForConditionalGeneration"], "d_model": 8,
         "encoder_layers": 2, "decoder_layers": 2, "encoder_attention_heads": 2,
         "decoder_attention_heads": 2, "encoder_ffn_dim": 12, "decoder_ffn_dim": 12,
         "vocab_size": 11, "max_position_embeddings": 12, "activation_function": "gelu",
         "is_encoder_decoder": true, "decoder_start_token_id": 2}
        """)
    }
  }

  var batch: Batch {
    if self == .bart {
      return Batch(source: [[7, 2, 1, 8], [4, 10, 3]], ids: [[3, 1, 4, 1, 5], [9, 2, 6]])
    }
    if self == .vit {
      return Batch(
        images: [0, 1].map { image in
          Tensor(
            ["channel", "row", "column"], [3, 4, 4],
            (0..<48).map { Float(($0 * 5 + image * 3) % 11) / 5 - 1 })
        })
    }
    return Batch(
      ids: [[3, 1, 4, 1, 5], [9, 2, 6]],
      segments: self == .bert ? [[0, 0, 1, 1, 1], [0, 1, 1]] : nil)
  }
}
