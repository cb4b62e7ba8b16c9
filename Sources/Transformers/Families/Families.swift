import Checkpoints

/// The families that can be loaded.
public enum Families {
  /// Every family, one file each.
  public static let all: [Family] = [.gpt2, .llama, .bert]

  /// The family that a configuration names.
  ///
  /// - Throws: `ModelError` that names the nearest one that is known.
  public static func family(of configuration: Configuration) throws(ModelError) -> Family {
    let type: String
    do {
      type = try configuration.string("model_type")
    } catch {
      throw ModelError(error)
    }
    if let family = all.first(where: { $0.name == type }) { return family }
    let nearest = nearest(to: type, configuration)
    throw ModelError(
      "unknown-architecture",
      "the architecture \"\(type)\" is not known; the nearest is \(nearest.name)",
      help: "known architectures: " + all.map(\.name).joined(separator: ", "))
  }

  /// The family whose name is almost the same, or else the one whose settings the configuration has.
  private static func nearest(to type: String, _ configuration: Configuration) -> Family {
    if let similar = all.first(where: { distance($0.name, type) <= 2 }) { return similar }
    if configuration.has("rms_norm_eps") { return .llama }
    return configuration.has("type_vocab_size") ? .bert : .gpt2
  }

  /// How many letters have to be changed, added or left out.
  private static func distance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a.prefix(64).utf8), Array(b.prefix(64).utf8))
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let substituted = diagonal + (x == y ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substituted, row[j] + 1, diagonal + 1)
      }
    }
    return row[b.count]
  }
}
