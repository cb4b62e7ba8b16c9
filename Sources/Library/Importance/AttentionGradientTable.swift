import Analysis
import Language
import Statistics

/// What `attention_gradient` shows.
struct AttentionGradientTable {
  private let lines: [AttentionGradient.Line]
  /// The lines with random weights; empty where these were not asked for.
  private let random: [AttentionGradient.Line]
  private let unit: AttentionKnockout.Unit
  private let texts: Int
  private let remarks: [String]

  init(
    _ measured: AttentionGradient, _ random: AttentionGradient?, _ knockout: AttentionKnockout?,
    by unit: AttentionKnockout.Unit, seed: UInt64
  ) {
    self.random = random?.lines(by: unit, nil, seed: seed) ?? []
    lines = measured.lines(by: unit, knockout, seed: seed)
    self.unit = unit
    texts = measured.texts
    var remarks: [String] = []
    if measured.skipped > 0 {
      remarks.append("\(Value.count(measured.skipped, "text")) without a loss left out")
    }
    if let count = knockout?.impossible, count > 0 {
      remarks.append("\(Value.count(count, "time")) no key would have been left")
    }
    self.remarks = remarks
  }

  func table(notes: [String]) -> Table {
    let q = BenjaminiHochberg.adjusted(lines.map(\.p))
    let intervals = IntervalColumns(texts: texts)
    var columns: [Table.Column] = [
      .init(unit.rawValue, lines.map { .host($0.unit) }),
      .init("keys", lines.map { .string($0.set.name) }),
      .init("attention", lines.map { .number($0.attention.value) }),
      .init("gradient", lines.map { .number($0.gradient.value) }),
    ]
    columns += intervals(lines.map(\.gradient))
    columns.append(.init("others", lines.map { $0.others.isNaN ? .null : .number($0.others) }))
    if !random.isEmpty {
      columns.append(
        .init(
          "random",
          lines.map { line in
            random.first { $0.unit == line.unit && $0.set == line.set }
              .map { .number($0.gradient.value) } ?? .null
          }))
    }
    columns += [
      .init("q", q.map { $0.isNaN ? .null : .number($0) }),
      .init("weighted", lines.map { .number($0.weighted.value) }),
    ]
    if lines.contains(where: { $0.change != nil }) {
      columns.append(
        .init("change", lines.map { $0.change.map { .number($0.value) } ?? .null }))
      columns += intervals(lines.map(\.change), low: "change_low", high: "change_high")
    }
    return Table(columns, notes: remarks + intervals.notes + notes)
  }
}
