import Checkpoints

/// What a checkpoint holds and its model does not use.
public struct Unused: Sendable, Hashable {
  /// Tensors that are not read, though a number may depend on them; in alphabetical order.
  public var tensors: [String] = []
  /// Settings that are not followed, though a number may depend on them, each as `key: value`.
  public var settings: [String] = []
  /// Tensors that are not read and on which nothing that the model gives here depends.
  public var needless: [String] = []

  /// Whether everything that may change a number is used.
  public var isEmpty: Bool { tensors.isEmpty && settings.isEmpty }

  /// What is not used, in a line; of many names the first three.
  public var summary: String {
    [("tensors not read", tensors), ("settings not followed", settings)].compactMap { what, names in
      guard !names.isEmpty else { return nil }
      let rest = names.count > 3 ? ", …" : ""
      return "\(names.count) \(what): " + names.prefix(3).joined(separator: ", ") + rest
    }.joined(separator: "; ")
  }
}

extension Unused {
  /// What is left of a checkpoint when its model has taken what it reads.
  ///
  /// - Parameters:
  ///   - checkpoint: All tensors.
  ///   - read: The names of those that the model reads.
  ///   - family: Says which of the others its class has no use for.
  ///   - configuration: All settings.
  ///   - consulted: The settings that the family looked at.
  init(
    of checkpoint: Checkpoint, read: Set<String>, family: Family, configuration: Configuration,
    consulted: ConsultedKeys
  ) {
    for name in checkpoint.names where !read.contains(name) {
      if (Self.needless + family.needless).contains(where: { Self.matches(name, $0) }) {
        needless.append(name)
      } else {
        tensors.append(name)
      }
    }
    settings = configuration.settings(Self.plain, besides: consulted)
  }

  /// Whether a name ends in a part, or passes through one that ends in a dot.
  private static func matches(_ name: String, _ part: String) -> Bool {
    part.hasSuffix(".")
      ? name.hasPrefix(part) || name.contains("." + part)
      : name == part || name.hasSuffix("." + part)
  }

  /// Buffers that old versions of the library stored and that it computes itself.
  private static let needless = [
    "position_ids", "token_type_ids", "attn.bias", "attn.masked_bias", "crossattention.bias",
    "crossattention.masked_bias", "rotary_emb.inv_freq", "rotary_emb.cos_cached",
    "rotary_emb.sin_cached", "num_batches_tracked", "encoder.version", "decoder.version",
  ]

  /// Settings that change numbers in some model, with what they are where they change nothing.
  private static let plain: [String: Set<String>] = [
    "add_cross_attention": ["false"], "alibi": ["false"], "attention_bias": ["false"],
    "attention_multiplier": [], "attn_logit_softcapping": [], "auto_map": [],
    "clip_qkv": [], "embedding_multiplier": ["1"], "final_logit_softcapping": [],
    "is_causal": ["true"], "layer_scale_init_value": [], "layer_types": ["\"full_attention\""],
    "logit_scale": ["1"], "logits_scaling": ["1"], "mlp_bias": ["false"], "n_routed_experts": [],
    "no_rope_layers": ["1"], "num_experts": [], "num_local_experts": ["0", "1"],
    "num_register_tokens": ["0"], "parallel_attn": ["false"],
    "position_embedding_type": ["\"absolute\"", "\"rope\""], "pruned_heads": [],
    "qk_layernorm": ["false"], "qk_norm": ["false"], "query_pre_attn_scalar": [],
    "residual_multiplier": ["1"], "sliding_window": [], "use_bidirectional_attention": ["false"],
    "use_parallel_residual": ["false"], "use_qk_norm": ["false"], "use_sliding_window": ["false"],
    "use_swiglu_ffn": ["false"],
  ]
}
