import Faults

extension Address {
  /// The address that a TransformerLens hook name stands for, or nil when it is not one.
  ///
  /// - Throws: `Fault` when the text has the form of a hook name but names nothing here.
  static func hookName(_ text: String) throws(Fault) -> Address? {
    switch text {
    case "hook_embed": return Address(part: .embed)
    case "hook_pos_embed": return Address(part: .pos)
    case "ln_final.hook_normalized": return Address(part: .final)
    default: break
    }
    let words = text.split(separator: ".").map(String.init)
    guard words.count >= 3, words[0] == "blocks", let layer = Int(words[1]), layer >= 0 else {
      return nil
    }
    guard let part = blockHooks[words[2...].joined(separator: ".")] else {
      throw Fault(
        "unknown-address", "\(text) has no counterpart here",
        help: "known hook names: " + blockHooks.keys.sorted().joined(separator: ", "))
    }
    return Address(layers: .one(layer), part: part)
  }

  private static let blockHooks: [String: Part] = [
    "hook_resid_pre": .resid(.pre), "hook_resid_mid": .resid(.mid),
    "hook_resid_post": .resid(.post), "hook_attn_out": .attn(cross: false), "hook_mlp_out": .mlp,
    "ln1.hook_normalized": .ln1, "ln2.hook_normalized": .ln2,
    "attn.hook_q": .head(.all, .q, cross: false), "attn.hook_k": .head(.all, .k, cross: false),
    "attn.hook_v": .head(.all, .v, cross: false),
    "attn.hook_rot_q": .head(.all, .rotQ, cross: false),
    "attn.hook_rot_k": .head(.all, .rotK, cross: false),
    "attn.hook_attn_scores": .head(.all, .scores, cross: false),
    "attn.hook_pattern": .head(.all, .pattern, cross: false),
    "attn.hook_z": .head(.all, .z, cross: false),
    "attn.hook_result": .head(.all, .out, cross: false),
    "mlp.hook_pre": .mlpPre, "mlp.hook_post": .mlpPost,
  ]

  /// The TransformerLens hook names that this address covers, or nil where it has none or names
  /// several layers.
  public var hookName: String? {
    switch part {
    case .embed: return "hook_embed"
    case .pos: return "hook_pos_embed"
    case .final: return "ln_final.hook_normalized"
    default: break
    }
    guard let layer = layers?.single else { return nil }
    let whole: Part =
      switch part {
      case .head(_, let part, let cross): .head(.all, part, cross: cross)
      case .neuron: .mlpPost
      default: part
      }
    return Self.blockHooks.first { $0.value == whole }.map { "blocks.\(layer).\($0.key)" }
  }
}
