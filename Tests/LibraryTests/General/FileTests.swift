import Foundation
import Language
import Testing

@testable import Library

@Suite("Files")
struct FileTests {
  private func session(_ files: [String: [UInt8]] = [:]) throws -> Session {
    let session = try Session()
    for (name, bytes) in files {
      try Data(bytes).write(to: session.folder.appendingPathComponent(name))
    }
    return session
  }

  private func csv(_ text: String, _ code: String, _ result: String) throws {
    try Line(code, result).check(in: session(["t.csv": Array(text.utf8)]))
  }

  @Test("CSV: quotes, line breaks in cells, kinds of columns, byte-order marks")
  func csvCells() throws {
    try csv(
      "a,b\r\n1,\"x\ny\"\r\n2,\"say \"\"hi\"\"\"\r\n", #"read_csv("t.csv").b"#,
      #"["x\ny", "say \"hi\""]"#)
    try csv("a\n1\n\n3", #"read_csv("t.csv").a"#, "[1, null, 3]")
    try csv("a,b\n1,\n,x\n", #"read_csv("t.csv").a"#, "[1, null]")
    try csv("a,b\n1,\n,x\n", #"read_csv("t.csv").b"#, #"["", "x"]"#)
    try csv("a\n\"1\"\n", #"read_csv("t.csv").a"#, #"["1"]"#)
    try csv("a\nNaN\n-Infinity\n1e400\n", #"read_csv("t.csv").a"#, "[NaN, -Infinity, Infinity]")
    try csv("a\ntrue\nfalse\n", #"read_csv("t.csv").a"#, "[true, false]")
    try csv(
      "a\n9007199254740993\n1\n", #"read_csv("t.csv").a"#, #"["9007199254740993", "1"]"#)
    try csv("a\n9007199254740992\n1\n", #"read_csv("t.csv").a"#, "[9007199254740992, 1]")
    try csv("a\n1\nx\n", #"read_csv("t.csv").a"#, #"["1", "x"]"#)
    try csv("\u{FEFF}a\n1\n", #"read_csv("t.csv") | keys"#, #"["a"]"#)
    try csv("1,2\n3,4\n", #"read_csv("t.csv", header: false).column2"#, "[2, 4]")
    try csv("a;b\n1;2\n", #"read_csv("t.csv", separator: ";").b"#, "[2]")
    try csv("", #"read_csv("t.csv") | len"#, "0")
    try csv("😀,b\nü,日\n", #"read_csv("t.csv") | keys"#, #"["😀", "b"]"#)
  }

  @Test("CSV: faults name their line")
  func csvFaults() throws {
    for (text, line) in [
      ("a,b\n1,2\n3\n", "line 3 has 1 cell"), ("a,b\n\"x\ny\",1\n1\n", "line 4 has 1 cell"),
      ("a\n\"x", "line 2: a cell in quotes does not end"),
      ("a\n\"x\"y\n", "line 2: something follows"), ("a,a\n", "two columns are called"),
    ] {
      let session = try session(["t.csv": Array(text.utf8)])
      let error = try #require(session.run(#"read_csv "t.csv""#).errors.first)
      #expect(error.code == "bad-csv" && error.headline.contains(line), "\(error.headline)")
    }
    try Line(#"read_csv "t.csv" separator: "ab""#, "!! bad-argument").check(in: session())
  }

  @Test("A table comes back from CSV as it was")
  func csvRoundTrip() throws {
    let session = try session()
    try Line(
      #"""
      let t = table {n: [1, NaN, -Infinity], text: ["1", "a,\"b\"\nc", "true"], flag: [true, false, true]}
      save t "t.csv";
      read_csv("t.csv") == t
      """#, "true"
    ).check(in: session)
  }

  @Test(
    "JSON: what is read",
    arguments: [
      Line(
        #"from_json '{"a": [1, -2.5e3, true, null, "x\n\u00e9\ud83d\ude00"]}'"#,
        #"{a: [1, -2500, true, null, "x\né😀"]}"#),
      Line(#"from_json '["NaN", "Infinity", "-Infinity"]'"#, "[NaN, Infinity, -Infinity]"),
      Line("from_json '[NaN]'", "[NaN]"),
      Line("from_json '[1e999]'", "[Infinity]"),
      Line("from_json '[]'", "[]"),
      Line("from_json '{}'", "{}"),
      Line(#"from_json '[{"a": 1}, {"a": 2}]' | type"#, #""table""#),
      Line(#"from_json '[{"a": 1}, {"b": 2}]' | type"#, #""list""#),
      Line(#"from_json '{"axes": ["x"], "shape": [2], "data": [1, 2]}' | type"#, #""tensor""#),
      Line(#"from_json '{"axes": ["x"], "shape": [3], "data": [1, 2]}' | type"#, #""record""#),
      Line(#"from_json '{"axes": ["x"], "shape": [-1], "data": []}' | type"#, #""record""#),
      Line(
        #"from_json '{"axes": ["x", "y"], "shape": [4e18, 4e18], "data": []}' | type"#, #""record""#
      ),
      Line("from_json ''", "!! not-json"),
      Line("from_json '[1 2]'", "!! not-json"),
      Line("from_json '[1,]'", "!! not-json"),
      Line("from_json '{\"a\" 1}'", "!! not-json"),
      Line("from_json '+1'", "!! not-json"),
      Line("from_json '\"abc'", "!! not-json"),
      Line(#"from_json '"\x"'"#, "!! not-json"),
      Line(#"from_json '"\u12"'"#, "!! not-json"),
      Line("from_json 'nul'", "!! not-json"),
      Line("from_json '1 2'", "!! not-json"),
    ])
  func json(_ line: Line) throws { try line.check() }

  @Test("JSON: deep nesting is refused, not followed")
  func deepJSON() throws {
    let deep = String(repeating: "[", count: 100_000)
    let session = try session(["d.json": Array(deep.utf8)])
    try Line(#"read_json "d.json""#, "!! not-json").check(in: session)
  }

  @Test("JSON: a fault names its place")
  func jsonFault() throws {
    let session = try session(["d.json": Array("{\n  \"ü\": 1,\n  \"b\": ]\n}".utf8)])
    let error = try #require(session.run(#"read_json "d.json""#).errors.first)
    #expect(error.headline.contains("`d.json`, line 3, column 8"))
  }

  @Test("Lines: endings, empty lines, no text at all")
  func lines() throws {
    let session = try session([
      "a.txt": Array("one\r\n\ntwo\u{2028}x".utf8), "empty.txt": [], "b.txt": [0x61, 0x0A, 0xFF],
    ])
    try Line(#"read_lines "a.txt" | len"#, "3").check(in: session)
    try Line(#"read_lines "empty.txt""#, "[]").check(in: session)
    let error = try #require(session.run(#"read_lines "b.txt""#).errors.first)
    #expect(error.code == "not-utf8" && error.headline.contains("line 2"))
  }

  @Test("What is no regular file is not opened")
  func irregular() throws {
    try Line(#"read_lines ".""#, "!! cannot-read").check(in: session())
    try Line(#"read_lines "/dev/zero""#, "!! cannot-read").check(in: session())
    let error = try #require(
      session(["notes.txt": []]).run(#"read_lines "note.txt""#).errors.first)
    #expect(error.help?.contains("notes.txt") == true)
  }
}
