import Foundation

/// The table of ratios that the benchmark prints.
struct Report {
  private struct Line {
    var work: String
    var ours: String
    var against: String
    var ratio: Double
    var wanted: String
  }
  private var lines: [Line] = []

  /// A time of ours against another time: how many times as fast we are.
  mutating func speed(
    _ work: String, _ ours: Double, against other: Double?, _ name: String, atLeast: Double
  ) {
    guard let other else { return }
    lines.append(
      Line(
        work: work, ours: Self.milliseconds(ours), against: "\(name) \(Self.milliseconds(other))",
        ratio: other / ours, wanted: "at least \(atLeast)"))
  }

  /// A quantity of ours over a limit.
  mutating func share(
    _ work: String, _ ours: String, of limit: String, _ ratio: Double, wanted: String
  ) {
    lines.append(Line(work: work, ours: ours, against: limit, ratio: ratio, wanted: wanted))
  }

  static func milliseconds(_ seconds: Double) -> String {
    String(format: "%.1f ms", seconds * 1000)
  }

  func write() {
    func pad(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(1, width - text.count))
    }
    print(pad("work", 44) + pad("ours", 14) + pad("against", 34) + pad("ratio", 9) + "wanted")
    for line in lines {
      print(
        pad(line.work, 44) + pad(line.ours, 14) + pad(line.against, 34)
          + pad(String(format: "%.2f", line.ratio), 9) + line.wanted)
    }
  }
}

/// Times of other programs on the same work: one `name seconds` pair a line, names as below.
struct Peers {
  private var times: [String: Double] = [:]

  init(_ file: String?) throws {
    guard let file else { return }
    for line in try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count == 2, let seconds = Double(words[1]) else {
        throw BenchError.unreadablePeers(String(line))
      }
      times[String(words[0])] = seconds
    }
  }

  subscript(_ name: String) -> Double? { times[name] }
}
