import Foundation

/// The table of ratios that the benchmark prints: each the median of all rounds, with its spread.
struct Report {
  /// What a quantity is counted in.
  enum Unit {
    case milliseconds, megabytes

    func text(_ quantity: Double) -> String {
      switch self {
      case .milliseconds: String(format: "%.1f ms", quantity * 1000)
      case .megabytes: String(format: "%.0f MB", quantity / 1e6)
      }
    }
  }

  private struct Line {
    var unit: Unit
    var opponent: String
    var wanted: String
    var ours: [Double] = []
    var theirs: [Double] = []
    var ratios: [Double] = []
  }

  private var order: [String] = []
  private var lines: [String: Line] = [:]

  /// Adds a round's time of ours and of another program: how many times as fast we are.
  mutating func speed(
    _ work: String, _ ours: Double, against other: Double?, _ name: String, atLeast: Double
  ) {
    guard let other else { return }
    add(work, .milliseconds, ours, other, name, other / ours, "at least \(atLeast)")
  }

  /// Adds a round's quantity of ours as a share of another.
  mutating func share(
    _ work: String, _ ours: Double, of limit: Double, _ name: String,
    unit: Unit = .milliseconds, wanted: String
  ) {
    add(work, unit, ours, limit, name, ours / limit, wanted)
  }

  /// Adds a round's limit as a share of the time that we take.
  mutating func reached(
    _ work: String, _ ours: Double, of limit: Double, _ name: String, wanted: String
  ) {
    add(work, .milliseconds, ours, limit, name, limit / ours, wanted)
  }

  private mutating func add(
    _ work: String, _ unit: Unit, _ ours: Double, _ theirs: Double, _ opponent: String,
    _ ratio: Double, _ wanted: String
  ) {
    if lines[work] == nil { order.append(work) }
    var line = lines[work] ?? Line(unit: unit, opponent: opponent, wanted: wanted)
    line.ours.append(ours)
    line.theirs.append(theirs)
    line.ratios.append(ratio)
    lines[work] = line
  }

  /// Prints a line for each piece of work.
  func write() {
    func pad(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(1, width - text.count))
    }
    print(
      pad("work", 48) + pad("ours", 12) + pad("against", 36) + pad("ratio", 7)
        + pad("spread", 13) + "wanted")
    for work in order {
      guard let line = lines[work] else { continue }
      let theirs = line.unit.text(Measurement.median(line.theirs))
      let spread = String(
        format: "%.2f–%.2f", line.ratios.min() ?? .nan, line.ratios.max() ?? .nan)
      print(
        pad(work, 48) + pad(line.unit.text(Measurement.median(line.ours)), 12)
          + pad("\(line.opponent) \(theirs)", 36)
          + pad(String(format: "%.2f", Measurement.median(line.ratios)), 7) + pad(spread, 13)
          + line.wanted)
    }
  }
}
