import Language

/// Writes a bar for each label; bars of negative numbers run to the left of a common axis.
struct BarsText {
  let labels: [String]
  let values: [Double]
  let valueLabel: String
  let style: RenderStyle

  /// The lines.
  func lines() -> [String] {
    let ink = Ink(colour: style.colour)
    guard !values.isEmpty else { return ["no bars"] }
    let shown = shownRows
    let labels = self.labels.prefix(shown).map { Columns.oneLine($0) }
    let values = Array(self.values.prefix(shown))
    let numbers = NumberColumn.texts(values)
    let margin = min(labels.map { DisplayWidth.of($0) }.max() ?? 0, style.width / 3)
    let numberWidth = numbers.map(\.count).max() ?? 1
    let room = max(8, min(60, style.width - margin - numberWidth - 4))
    let finite = values.filter(\.isFinite)
    let reach = finite.map(abs).max() ?? 0
    let hasNegative = finite.contains { $0 < 0 }
    var lines: [String] = []
    for (index, value) in values.enumerated() {
      let label = index < labels.count ? labels[index] : String(index)
      let bar = hasNegative ? twoSided(value, reach, room, ink) : oneSided(value, reach, room, ink)
      lines.append(
        "\(Columns.right(label, margin)) \(Columns.right(numbers[index], numberWidth)) \(bar)")
    }
    if shown < self.values.count {
      let more = Value.count(self.values.count - shown, "more bar")
      lines.append(ink.paint("… \(more); `save` to an .svg file draws all", .quiet))
    }
    if !valueLabel.isEmpty { lines.append(ink.paint(Columns.oneLine(valueLabel), .quiet)) }
    return lines
  }

  private var shownRows: Int {
    guard let limit = style.maxRows, values.count > limit + 2 else { return values.count }
    return limit
  }

  private func oneSided(_ value: Double, _ reach: Double, _ room: Int, _ ink: Ink) -> String {
    "│" + ink.paint(Bar.text(value, of: reach, width: room), .accent)
  }

  /// Left of the axis half columns are the finest there is.
  private func twoSided(_ value: Double, _ reach: Double, _ room: Int, _ ink: Ink) -> String {
    let half = room / 2
    guard value.isFinite, value < 0 else {
      let bar = ink.paint(Bar.text(value, of: reach, width: half), .positive)
      return String(repeating: " ", count: half) + "│" + bar
    }
    let steps = Int((min(1, -value / reach) * Double(half * 2)).rounded())
    let bar = (steps % 2 == 1 ? "▐" : "") + String(repeating: "█", count: steps / 2)
    let space = String(repeating: " ", count: half - (steps + 1) / 2)
    return space + ink.paint(bar, .negative) + "│"
  }
}
