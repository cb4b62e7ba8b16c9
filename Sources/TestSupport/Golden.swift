import Foundation
import Testing

/// Expects a text to be equal to the one in a file, given from the project's root.
///
/// With `RECORD_GOLDENS` set in the environment the file is written instead, and the test fails, so
/// that a run that records is never taken for one that checks.
public func expectGolden(
  _ text: String, _ path: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = SharedData.projectRoot.appendingPathComponent(path)
  if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] != nil {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file, options: .atomic)
    Issue.record(
      "recorded \(path); run again without RECORD_GOLDENS", sourceLocation: sourceLocation)
    return
  }
  guard let expected = try? String(contentsOf: file, encoding: .utf8) else {
    Issue.record(
      "there is no \(path); record it with RECORD_GOLDENS=1", sourceLocation: sourceLocation)
    return
  }
  guard text != expected else { return }
  let found = text.split(separator: "\n", omittingEmptySubsequences: false)
  let wanted = expected.split(separator: "\n", omittingEmptySubsequences: false)
  let line = zip(found, wanted).prefix { $0 == $1 }.count
  Issue.record(
    """
    differs from \(path) at line \(line + 1):
      found:    \(line < found.count ? String(found[line]) : "(end)")
      expected: \(line < wanted.count ? String(wanted[line]) : "(end)")
    """, sourceLocation: sourceLocation)
}
