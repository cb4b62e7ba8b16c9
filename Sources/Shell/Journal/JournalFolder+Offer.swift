import Language

extension JournalFolder {
  /// What a start says of a session that broke off since one last ended as it should; nil for none.
  ///
  /// Looks at no more than the newest journals, and reads none but the one that it names.
  var offer: String? {
    for path in paths.prefix(Self.mostOffered) {
      if Self.isEnded(path) { return nil }
      guard let journal = Journal(path: path), !journal.entries.isEmpty, !journal.isAlive else {
        continue
      }
      let count = journal.entries.count == 1 ? "1 entry" : "\(journal.entries.count) entries"
      return "a session with \(count) broke off: `sonde recover` makes a transcript of it"
    }
    return nil
  }

  private static let mostOffered = 8
}
