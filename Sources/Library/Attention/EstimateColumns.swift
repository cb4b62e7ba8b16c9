import Analysis
import Language
import Statistics

extension [Estimate] {
  /// Columns for numbers and the ends of their intervals.
  func columns(_ name: String) -> [Table.Column] {
    [
      Table.Column(name, map { .number($0.value) }),
      Table.Column("low", map { .number($0.low) }),
      Table.Column("high", map { .number($0.high) }),
    ]
  }

  /// Half the width of the widest interval.
  var widest: Double { map { ($0.high - $0.low) / 2 }.filter { !$0.isNaN }.max() ?? .nan }
}

extension Estimate {
  /// What is said of intervals over few texts: one has none, and below ten they are Student's.
  static func notes(texts: Int) -> [String] {
    switch texts {
    case 1: ["one text has no interval"]
    case 2..<Bootstrap.leastResampled:
      ["fewer than \(Bootstrap.leastResampled) texts: intervals by Student's t"]
    default: []
    }
  }
}

extension RowSums {
  /// A column of one number a head.
  func column(_ name: String, style: Table.Style = .plain) -> Table.Column {
    Table.Column(name, (0..<columns).map { .number(mean($0)) }, style: style)
  }

  /// A note on values that were no numbers; none where there are none.
  func skippedNote(_ what: String) -> [String] {
    let count = skipped.reduce(0, +)
    return count == 0 ? [] : ["\(Value.count(count, what)) without a number left out"]
  }
}

/// What every table with intervals says.
let intervalNote = "low, high: 95 % interval by bootstrap over texts"
