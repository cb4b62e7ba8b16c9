import Foundation

/// What a document says of how it came to be.
struct DocumentHeader: Sendable, Equatable {
  let version: String
  let date: Date
  /// The options that change results, such as `--seed 7`; empty for none.
  let options: String

  init(version: String, date: Date = Date(), options: String = "") {
    self.version = version
    self.date = date
    self.options = options
  }

  /// The options of an invocation that a replay needs to give the same numbers.
  static func options(of invocation: Invocation) -> String {
    var words: [String] = []
    if invocation.seed != 0 { words.append("--seed \(invocation.seed)") }
    if invocation.precision != .f32 { words.append("--precision \(invocation.precision.rawValue)") }
    return words.joined(separator: " ")
  }

  /// The lines at the head of a document.
  var text: String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.dateFormat = "yyyy-MM-dd"
    let with = options.isEmpty ? "" : " with `\(options)`"
    return "# Session of \(formatter.string(from: date))\n\nWritten by sonde \(version)\(with).\n"
  }

  /// The options that a document's head names, for replaying it; empty where it names none.
  static func options(in document: String) -> [String] {
    for line in document.split(separator: "\n").prefix(10) {
      guard line.hasPrefix("Written by sonde "), let start = line.range(of: " with `")?.upperBound,
        let end = line[start...].firstIndex(of: "`")
      else { continue }
      return line[start..<end].split(separator: " ").map(String.init)
    }
    return []
  }
}
