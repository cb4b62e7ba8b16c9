/// Finds the name that somebody probably meant.
public enum NearestName {
  /// The one of `names` that takes the fewest edits to become `name`: characters changed, added or
  /// left out.
  ///
  /// Nil where there is none that takes no more than `limit`, or without a limit, where even the
  /// nearest shares less than half of its characters.
  public static func find(_ name: String, in names: [String], limit: Int? = nil) -> String? {
    let wanted = Array(name.utf8.prefix(longest))
    var best: (name: String, distance: Int)?
    for candidate in names {
      let bytes = Array(candidate.utf8.prefix(longest))
      let most = limit ?? max(wanted.count, bytes.count) / 2
      let bound = best?.distance ?? most + 1
      guard abs(bytes.count - wanted.count) < bound else { continue }
      let distance = editDistance(wanted, bytes)
      if distance < bound { best = (candidate, distance) }
    }
    return best?.name
  }

  /// What lies beyond is not compared: a hostile file may hold names of any length.
  private static let longest = 200

  private static func editDistance(_ first: [UInt8], _ second: [UInt8]) -> Int {
    var row = Array(0...second.count)
    for (i, byte) in first.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in second.enumerated() {
        let substituted = diagonal + (byte == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substituted, row[j] + 1, diagonal + 1)
      }
    }
    return row[second.count]
  }
}
