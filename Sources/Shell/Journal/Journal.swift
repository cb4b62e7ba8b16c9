import Foundation
import Language

/// A journal as it was read back.
struct Journal: Sendable {
  let name: String
  let path: String
  let header: DocumentHeader
  let folder: String
  let entries: [SessionRecord.Entry]
  /// Whether the session was left as it should be.
  let isEnded: Bool

  private static let largestSize = 500_000_000

  /// Reads a journal; nil when it is none.
  init?(path: String) {
    guard case .success(let bytes) = FileText.regularBytes(path, limit: Self.largestSize) else {
      return nil
    }
    self.init(path: path, bytes: bytes)
  }

  /// Reads a journal's bytes.
  ///
  /// Lines that are damaged, as the last one may be, are left out.
  init?(path: String, bytes: [UInt8]) {
    let objects = JSONLines.objects(in: bytes)
    guard let first = objects.first, first["kind"] as? String == "session" else { return nil }
    self.path = path
    name = ((path as NSString).lastPathComponent as NSString).deletingPathExtension
    header = DocumentHeader(
      version: first["version"] as? String ?? "",
      date: Date(timeIntervalSince1970: first["time"] as? Double ?? 0),
      options: first["options"] as? String ?? "")
    folder = first["folder"] as? String ?? ""
    var entries: [SessionRecord.Entry] = []
    var isEnded = false
    for object in objects.dropFirst() {
      let last = entries.indices.last
      switch object["kind"] as? String {
      case "entry": entries.append(.init(input: object["text"] as? String ?? ""))
      case "output":
        if let last { entries[last].output += object["text"] as? String ?? "" }
      case "result":
        if let last { entries[last].state = object["ok"] as? Bool == true ? .succeeded : .failed }
      case "end": isEnded = true
      default: break
      }
    }
    self.entries = entries
    self.isEnded = isEnded
  }

  /// The entries, one that was still running with a line that says so.
  var closedEntries: [SessionRecord.Entry] {
    var closed = entries
    guard var last = closed.popLast() else { return [] }
    if last.state == .running {
      let end = Diagnostic(Diagnostic.interruptedCode, "the session broke off here")
      if !last.output.isEmpty, !last.output.hasSuffix("\n") { last.output += "\n" }
      last.output += DiagnosticText().text(end) + "\n"
    }
    return closed + [last]
  }

  /// Whether the process that writes the journal is still there.
  var isAlive: Bool { (try? JSONLines(path: path)).map { !$0.lock() } ?? false }
}
