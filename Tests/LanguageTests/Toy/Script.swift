import Foundation
import TestSupport
import Testing

/// One program of a script file, with what it must do written in its comments:
/// `# => text` for each line of output in order, `# !! code` on the line of a failure and
/// `# ?? code` for a warning.
struct Script: Sendable, CustomTestStringConvertible {
  let name: String
  let text: String

  var testDescription: String { name }

  static let folder = SharedData.projectRoot.appendingPathComponent("Tests/Scripts")

  static let all: [Script] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".probe") }.sorted().flatMap(chunks)
  }()

  private static func chunks(of file: String) -> [Script] {
    guard let text = try? String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
    else { return [] }
    var chunks: [[Substring]] = [[]]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("---") { chunks.append([]) } else { chunks[chunks.count - 1].append(line) }
    }
    return chunks.enumerated().map { index, lines in
      Script(name: "\(file) \(index + 1)", text: lines.joined(separator: "\n"))
    }
  }

  private var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

  private func marked(_ mark: String) -> [(line: Int, text: String)] {
    lines.enumerated().compactMap { index, line in
      guard let range = line.range(of: mark) else { return nil }
      return (index + 1, line[range.upperBound...].trimmingCharacters(in: .whitespaces))
    }
  }

  var output: [String] { marked("# =>").map(\.text) }
  var errors: [String] { marked("# !!").map { "\($0.text) on line \($0.line)" } }
  var warnings: [String] { marked("# ??").map { "\($0.text) on line \($0.line)" } }
}
