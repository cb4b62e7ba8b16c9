import Foundation
import Testing

@testable import Shell

@Suite struct HistoryFileTests {
  @Test func keepsWholeEntriesOfSeveralSessions() throws {
    try Toys.withFolder { folder in
      let first = HistoryFile(path: folder + "/history.jsonl")
      let second = HistoryFile(path: folder + "/history.jsonl")
      try first.add("fn f(x) {\n  x\n}")
      try second.add("\"猫 \\u{1F600}\"")
      try first.add("f 2")
      #expect(second.entries() == ["fn f(x) {\n  x\n}", "\"猫 \\u{1F600}\"", "f 2"])
    }
  }

  @Test func skipsDamagedLines() throws {
    try Toys.withFolder { folder in
      let path = folder + "/history.jsonl"
      let text =
        "{\"text\": \"a\"}\nnot json\n{\"other\": 1}\n\u{0}\n{\"text\": \"b\"}\n{\"text\": \"cut"
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      #expect(HistoryFile(path: path).entries() == ["a", "b"])
    }
  }

  @Test func isEmptyWithoutAFile() {
    #expect(HistoryFile(path: "/nowhere/history.jsonl").entries() == [])
  }
}
