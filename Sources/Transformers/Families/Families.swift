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
    let nearest = all.min { distance($0.name, type) < distance($1.name, type) }
    throw ModelError(
      "unknown-architecture",
      "the architecture \"\(type)\" is not known"
        + (nearest.map { "; the nearest is \($0.name)" } ?? ""),
      help: "known architectures: " + all.map(\.name).joined(separator: ", "))
  }

  /// Edit distance, less what two names share at their start: `llama4` is nearest to `llama`.
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
    return row[b.count] - zip(a, b).prefix { $0 == $1 }.count
  }
}
