import Language
import Synchronization

/// What was entered in a session and what came of it, in the plain form of transcripts.
final class SessionRecord: Sendable {
  /// One entry with its output.
  struct Entry: Sendable, Equatable {
    enum State: Sendable {
      case running
      case succeeded
      case failed
    }

    var input: String
    var output = ""
    var state = State.running
  }

  private let entries = Mutex<[Entry]>([])
  /// Where each step is kept before it goes on; nil where there is no journal.
  let journal: JournalWriter?

  init(journal: JournalWriter? = nil) { self.journal = journal }

  /// All entries, the one that runs included.
  var all: [Entry] { entries.withLock { $0 } }

  /// The entries that have ended.
  var ended: [Entry] { all.filter { $0.state != .running } }

  /// The number of the next entry, from 1.
  var nextNumber: Int { entries.withLock { $0.count } + 1 }

  /// An entry begins.
  func begin(_ input: String) {
    journal?.begin(input)
    entries.withLock { $0.append(Entry(input: input)) }
  }

  /// The running entry has given some output.
  func append(_ text: String) {
    journal?.append(text)
    entries.withLock { entries in
      if let last = entries.indices.last { entries[last].output += text }
    }
  }

  /// The running entry has ended.
  func end(isSuccess: Bool) {
    journal?.end(isSuccess: isSuccess)
    entries.withLock { entries in
      if let last = entries.indices.last {
        entries[last].state = isSuccess ? .succeeded : .failed
      }
    }
  }
}
