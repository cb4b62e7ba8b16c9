import Analysis
import Language
import Statistics

extension [GroupStep] {
  /// The table of change or influence, a row for each block and group.
  ///
  /// - Parameter names: What the layers are called; nil where numbers are enough.
  func table(
    _ groups: [TokenGroups.Group], names: [String]? = nil, notes: [String]
  ) -> Table {
    let columns: [(String, (GroupStep) -> Value)] = [
      (
        names == nil ? "layer" : "at",
        { step in names.map { .string($0[step.layer]) } ?? .int(step.layer) }
      ),
      ("group", { .string(groups[$0.group].name) }),
      ("distance", { .number($0.distance.distance.value) }),
      ("low", { .number($0.distance.distance.low) }),
      ("high", { .number($0.distance.distance.high) }),
      ("null", { .number($0.distance.null) }),
      ("turn", { .number($0.turn.value) }),
      ("growth", { .number($0.growth.value) }),
    ]
    // One of a kind is enough: the groups differ in the numbers alone.
    var said = compactMap(\.distance.notes.first).prefix(1).map { $0 }
    let skipped = self.map(\.turn.skipped).max() ?? 0
    if skipped > 0 {
      said.append("\(Value.count(skipped, "vector")) of zeros left out of turn and growth")
    }
    return Table(columns.map { name, value in Table.Column(name, map(value)) }, notes: notes + said)
  }
}

extension ViewDistance {
  /// What the columns of a distance are.
  static let legend =
    "null: rows in a random order; low and high: 95 % by bootstrap over sentences"
}
