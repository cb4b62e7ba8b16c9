import Checkpoints
import Faults

/// The families that can be loaded.
public enum Families {
  /// Every family, one file each.
  public static let all: [Family] = [
    .gpt2, .llama, .bert, .roberta, .robertaPreLayerNorm, .bart, .mbart, .marian, .vit, .deit,
  ]

  /// The family that a configuration names.
  ///
  /// - Throws: `Fault` that names the nearest one that is known, where one is near.
  public static func family(of configuration: Configuration) throws(Fault) -> Family {
    let type: String
    do {
      type = try configuration.string("model_type")
    } catch {
      throw Fault(error)
    }
    if let family = all.first(where: { $0.name == type }) { return family }
    let nearest = nearest(to: type, configuration).map { "; the nearest is \($0.name)" }
    throw Fault(
      "unknown-architecture", "the architecture \"\(type)\" is not known" + (nearest ?? ""),
      help: "known architectures: " + all.map(\.name).joined(separator: ", "))
  }

  /// The family that is built most alike; among several, the one whose name is almost the same.
  private static func nearest(to type: String, _ configuration: Configuration) -> Family? {
    let alike = alike(configuration)
    let name = NearestName.find(
      type, in: (alike.isEmpty ? all : alike).map(\.name), limit: type.count > 3 ? 2 : 1)
    return all.first { $0.name == name } ?? alike.first
  }

  /// The families that have what the configuration's keys speak of, most usual first; none where
  /// these say nothing, or speak of several models.
  private static func alike(_ configuration: Configuration) -> [Family] {
    func has(_ keys: String...) -> Bool { keys.contains(where: configuration.has) }
    let isPair = (try? configuration.bool("is_encoder_decoder", default: false)) ?? false
    let classes = (try? configuration.strings("architectures", default: [])) ?? []
    if has("text_config", "vision_config", "audio_config", "encoder", "decoder") { return [] }
    if has("image_size", "patch_size") { return [.vit, .deit] }
    if isPair || has("decoder_layers", "num_decoder_layers") { return [.bart, .mbart, .marian] }
    if has("rms_norm_eps", "rope_theta", "rope_parameters", "rope_scaling") {
      return classes.contains { $0.contains("ForMaskedLM") } ? [.bert] : [.llama]
    }
    if has("type_vocab_size") || classes.contains(where: { $0.contains("ForMaskedLM") }) {
      return [.bert, .roberta, .robertaPreLayerNorm]
    }
    let ends = ["ForCausalLM", "LMHeadModel"]
    let writes = classes.contains { name in ends.contains(where: name.hasSuffix) }
    return writes || has("n_embd", "n_head", "n_layer") ? [.gpt2] : []
  }
}
