import Foundation
import Language
import Testing

@testable import Shell

@Suite struct JournalTests {
  /// A journal of two entries, the second of which still runs.
  func write(in folder: String) throws -> String {
    let writer = try JournalWriter(folder: folder, header: DocumentHeader(version: "1.0"))
    let session = Toys.session(journal: writer)
    _ = session.run(entry: "print 1 2")
    writer.begin("spin")
    writer.append("half")
    return try #require(JournalFolder(path: folder).paths.first)
  }

  @Test func keepsEachStep() throws {
    try Toys.withFolder { folder in
      let journal = try #require(Journal(path: try write(in: folder)))
      #expect(!journal.isEnded && journal.header.version == "1.0")
      #expect(
        journal.entries == [
          .init(input: "print 1 2", output: "1 2\n", state: .succeeded),
          .init(input: "spin", output: "half", state: .running),
        ])
      #expect(
        journal.closedEntries.last?.output
          == "half\nerror[interrupted]: the session broke off here\n")
    }
  }

  @Test func losesOnlyTheLineThatWasCutOff() throws {
    try Toys.withFolder { folder in
      let path = try write(in: folder)
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
      for end in bytes.indices {
        let journal = Journal(path: path, bytes: Array(bytes[..<end]))
        let entries = journal?.entries ?? []
        #expect(entries.count <= 2)
        if let first = entries.first { #expect(first.input == "print 1 2") }
      }
      var damaged = bytes
      damaged[bytes.count / 2] = 0
      #expect(Journal(path: path, bytes: damaged)?.entries.count ?? 0 >= 1)
      #expect(Journal(path: path, bytes: []) == nil)
      #expect(Journal(path: path, bytes: Array("{\"kind\": \"other\"}\n".utf8)) == nil)
    }
  }

  @Test func tellsLivingSessionsFromBrokenOnes() throws {
    try Toys.withFolder { folder in
      let writer = try JournalWriter(folder: folder, header: DocumentHeader(version: "1.0"))
      writer.begin("1")
      #expect(JournalFolder(path: folder).broken.isEmpty)
      withExtendedLifetime(writer) {}
    }
    try Toys.withFolder { folder in
      _ = try write(in: folder)
      #expect(JournalFolder(path: folder).broken.count == 1)
    }
  }

  @Test func anEndedSessionIsNotBroken() throws {
    try Toys.withFolder { folder in
      do {
        let writer = try JournalWriter(folder: folder, header: DocumentHeader(version: "1.0"))
        writer.begin("1")
        writer.end(isSuccess: true)
        writer.close(isEmpty: false)
      }
      #expect(JournalFolder(path: folder).broken.isEmpty)
      #expect(JournalFolder(path: folder).paths.count == 1)
    }
  }

  @Test func aPartOfALineDoesNotSpoilTheNext() throws {
    try Toys.withFolder { folder in
      let path = try write(in: folder)
      let whole = try Data(contentsOf: URL(fileURLWithPath: path))
      try whole.dropLast(9).write(to: URL(fileURLWithPath: path))
      try JSONLines(path: path).append([("kind", .string("entry")), ("text", .string("next"))])
      let journal = try #require(Journal(path: path))
      #expect(journal.entries.map(\.input) == ["print 1 2", "spin", "next"])
    }
  }

  /// Each would wait for ever for somebody who writes or reads.
  @Test func pipesAmongTheJournalsStopNothing() throws {
    try Toys.withFolder { folder in
      _ = try write(in: folder)
      for number in 0..<40 { mkfifo(folder + "/29990101-0000\(number)-1.jsonl", 0o600) }
      symlink("/dev/zero", folder + "/29990202-000000-1.jsonl")
      let journals = JournalFolder(path: folder)
      #expect(journals.broken.count == 1)
      journals.prune(now: Date(timeIntervalSinceNow: 1_000 * 86_400))
      #expect(journals.journal(named: "29990202-000000-1") == nil)
      #expect(HistoryFile(path: folder + "/29990101-000000-1.jsonl").entries() == [])
      #expect(throws: Failure.self) { try JSONLines(path: folder + "/29990101-00001-1.jsonl") }
    }
  }

  @Test func saysWhyItCannotBeWritten() throws {
    try Toys.withFolder { folder in
      try "a file".write(toFile: folder + "/journal", atomically: true, encoding: .utf8)
      #expect(throws: Failure.self) {
        try JournalWriter(folder: folder + "/journal", header: DocumentHeader(version: "1.0"))
      }
    }
  }

  @Test func prunesEndedSessionsOnly() throws {
    try Toys.withFolder { folder in
      for number in 0..<40 {
        let end = number % 2 == 0 ? "{\"kind\": \"end\"}\n" : ""
        let text = "{\"kind\": \"session\"}\n{\"kind\": \"entry\", \"text\": \"1\"}\n" + end
        let name = String(format: "20260101-0000%02d-1.jsonl", number)
        try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
      }
      JournalFolder(path: folder).prune()
      let left = JournalFolder(path: folder).paths.map { ($0 as NSString).lastPathComponent }
      #expect(left.count == 35)
      #expect(left.contains("20260101-000001-1.jsonl") && !left.contains("20260101-000000-1.jsonl"))
    }
  }
}
