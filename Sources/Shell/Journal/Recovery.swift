import Foundation
import Language

/// `sonde recover`: the sessions that broke off, and a transcript of one of them.
struct Recovery {
  let folder: JournalFolder
  let isReadOnly: Bool

  /// Recovers the session of a name, or the newest that broke off.
  ///
  /// Gives the exit status.
  func run(_ name: String?) -> Int32 {
    let broken = folder.broken
    guard let journal = name.map({ folder.journal(named: $0) }) ?? broken.first else {
      if let name {
        complain("there is no session `\(name)`", broken)
        return 1
      }
      StandardStream.output.write("no session broke off\n")
      return 0
    }
    let status = write(journal)
    let others = broken.filter { $0.name != journal.name }
    if status == 0, !others.isEmpty { list(others) }
    return status
  }

  private func write(_ journal: Journal) -> Int32 {
    let text = TranscriptWriter(header: journal.header, entries: journal.closedEntries).text
    if isReadOnly {
      StandardStream.output.write(text)
      return 0
    }
    let path = "recovered-\(journal.name).md"
    do {
      try DocumentFile.write(text, to: path, named: path, replaces: false)
    } catch {
      StandardStream.error.write("sonde: \(error.message)\n")
      return 1
    }
    let count = journal.entries.count == 1 ? "1 entry" : "\(journal.entries.count) entries"
    StandardStream.output.write("wrote \(path): \(count), from \(journal.folder)\n")
    if let last = journal.entries.last, last.state == .running {
      let line = DisplayWidth.truncate(
        last.input.split(separator: "\n").first.map(String.init) ?? "", 60)
      StandardStream.output.write("it broke off while `\(line)` ran\n")
    }
    if !journal.isAlive { try? JSONLines(path: journal.path).append([("kind", .string("end"))]) }
    return 0
  }

  private func list(_ journals: [Journal]) {
    StandardStream.output.write("other sessions that broke off:\n")
    for journal in journals.prefix(20) {
      let first = journal.entries.first?.input.split(separator: "\n").first.map(String.init) ?? ""
      StandardStream.output.write(
        "  sonde recover \(journal.name)   \(journal.entries.count) in \(journal.folder): "
          + DisplayWidth.truncate(first, 40) + "\n")
    }
  }

  private func complain(_ message: String, _ broken: [Journal]) {
    StandardStream.error.write("sonde: \(message)\n")
    if !broken.isEmpty { list(broken) }
  }
}
