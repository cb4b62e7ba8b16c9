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
  /// - Throws: `Fault` that names the nearest one that is known.
  public static func family(of configuration: Configuration) throws(Fault) -> Family {
    let type: String
    do {
      type = try configuration.string("model_type")
    } catch {
      throw Fault(error)
    }
    if let family = all.first(where: { $0.name == type }) { return family }
    let nearest = nearest(to: type, configuration)
    throw Fault(
      "unknown-architecture",
      "the architecture \"\(type)\" is not known; the nearest is \(nearest.name)",
      help: "known architectures: " + all.map(\.name).joined(separator: ", "))
  }

  /// The family whose name is almost the same, or else the one whose settings the configuration has.
  private static func nearest(to type: String, _ configuration: Configuration) -> Family {
    let name = NearestName.find(type, in: all.map(\.name), limit: 2)
    if let similar = all.first(where: { $0.name == name }) { return similar }
    if configuration.has("rms_norm_eps") { return .llama }
    return configuration.has("type_vocab_size") ? .bert : .gpt2
  }
}
