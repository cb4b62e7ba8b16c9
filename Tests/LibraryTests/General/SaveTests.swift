import Checkpoints
import Foundation
import Language
import Testing

@testable import Library

@Suite("Saving")
struct SaveTests {
  private func bytes(_ session: Session, _ name: String) throws -> Data {
    try Data(contentsOf: session.folder.appendingPathComponent(name))
  }

  @Test("Outside the working folder nothing is written without being told")
  func outside() throws {
    let session = try Session()
    let other = try Session()
    let path = other.folder.appendingPathComponent("x.json").path
    for command in [
      "save 1 \"\(path)\"", "save 1 \"../\(other.folder.lastPathComponent)/x.json\"",
      "load \"random-tiny\"; gather \"a b\" at: L0.mlp to: \"\(path).safetensors\"",
      "load \"random-tiny\"; report \"attention\" \"a b\" to: \"\(path).html\"",
    ] {
      let outcome = session.run(command)
      #expect(outcome.errors.map(\.code) == ["not-allowed"], "\(command)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: other.folder.path) == [])
  }

  @Test("A file of somebody else is not replaced")
  func foreign() throws {
    let session = try Session()
    let place = session.folder.appendingPathComponent("notes.txt")
    try Data("mine".utf8).write(to: place)
    let outcome = session.run(#"save "theirs" "notes.txt" overwrite: true"#)
    #expect(outcome.errors.map(\.code) == ["not-replaced"])
    #expect(try bytes(session, "notes.txt") == Data("mine".utf8))
  }

  @Test("An array in NumPy's format")
  func numPy() throws {
    let session = try Session()
    try Line(#"tensor [[1, 2], [3, 4]] | save "a.npy" | sum"#, "10").check(in: session)
    let data = try bytes(session, "a.npy")
    let header = String(decoding: data.dropFirst(10).prefix(118), as: UTF8.self)
    #expect(data.starts(with: [0x93] + Array("NUMPY".utf8)))
    #expect(header.contains("'<f8'") && header.contains("(2, 2"))
    let numbers = data.suffix(32).withUnsafeBytes { raw in
      (0..<4).map { raw.loadUnaligned(fromByteOffset: $0 * 8, as: Double.self) }
    }
    #expect(numbers == [1, 2, 3, 4])
  }

  @Test("Tensors in safetensors, with axes and labels beside them")
  func safetensors() throws {
    let session = try Session()
    try Line(
      #"""
      let a = tensor [5, 6] axes: ["key"] labels: {key: ["x", "y"]}
      save {a: a, b: (tensor [[7]])} "t.safetensors";
      1
      """#, "1"
    ).check(in: session)
    let data = try bytes(session, "t.safetensors")
    let length = Int(data.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) })
    let header = try #require(
      JSONSerialization.jsonObject(with: data.dropFirst(8).prefix(length)) as? [String: Any])
    let notes = try #require(header["__metadata__"] as? [String: String])
    #expect(notes["a.axes"] == #"["key"]"#)
    #expect(notes["a.labels"] == #"[["x", "y"]]"#)
    #expect((header["b"] as? [String: Any])?["shape"] as? [Int] == [1, 1])
    #expect(data.count == 8 + length + 24)
  }

  @Test("Figures as SVG, and what is drawn as one")
  func svg() throws {
    let session = try Session()
    try Line(#"heatmap [[1, 2]] title: "a < b" | save "h.svg" | type"#, #""figure""#)
      .check(in: session)
    let text = String(decoding: try bytes(session, "h.svg"), as: UTF8.self)
    #expect(text.hasPrefix("<?xml") || text.hasPrefix("<svg"))
    #expect(text.contains("a &lt; b") && text.contains("</svg>"))
    try Line(#"tensor [1, 2] | save "t.svg" | sum"#, "3").check(in: session)
  }

  @Test("Text in its formats")
  func text() throws {
    let session = try Session()
    _ = session.run(
      #"""
      let t = table {a: [1, null], b: ["x,y", L2.H3]}
      save t "t.csv";
      save t "t.tsv";
      save t "t.json";
      save ["one", "two"] "l.txt";
      save "" "e.txt";
      """#)
    func text(_ name: String) throws -> String {
      String(decoding: try bytes(session, name), as: UTF8.self)
    }
    #expect(try text("t.csv") == "a,b\n1,\"x,y\"\n,L2.H3\n")
    #expect(try text("t.tsv") == "a\tb\n1\tx,y\n\tL2.H3\n")
    #expect(try text("t.json") == "[{\"a\": 1, \"b\": \"x,y\"}, {\"a\": null, \"b\": \"L2.H3\"}]\n")
    #expect(try text("l.txt") == "one\ntwo\n")
    #expect(try text("e.txt") == "")
  }

  @Test(
    "What cannot be written says so and writes nothing",
    arguments: [
      Line(#"save 3 "x.npy""#, "!! wrong-type"),
      Line(#"save [1, "a"] "x.npy""#, "!! shape-mismatch"),
      Line(#"save 3 "x.csv""#, "!! wrong-type"),
      Line(#"save [1] "x.txt""#, "!! wrong-type"),
      Line(#"save [1] "x.svg""#, "!! wrong-type"),
      Line(#"save [1] "x""#, "!! unknown-format"),
      Line(#"save [1] "no/such/folder/x.json""#, "!! cannot-write"),
      Line(#"save {a: "t"} "x.safetensors""#, "!! wrong-type"),
      Line(#"save [1] "/proc/x.json""#, "!! not-allowed"),
    ])
  func refused(_ line: Line) throws {
    let session = try Session()
    try line.check(in: session)
    #expect(try FileManager.default.contentsOfDirectory(atPath: session.folder.path) == [])
  }

  @Test("A file that is there stays, and so does a folder")
  func overwriting() throws {
    let session = try Session()
    try Line(#"save [1] "x.json"; save [2] "x.json""#, "!! file-exists").check(in: session)
    #expect(try bytes(session, "x.json") == Data("[1]\n".utf8))
    try Line(#"save [2] "x.json" overwrite: true | len"#, "1").check(in: session)
    #expect(try bytes(session, "x.json") == Data("[2]\n".utf8))
    try FileManager.default.createDirectory(
      at: session.folder.appendingPathComponent("d.json"), withIntermediateDirectories: false)
    try Line(#"save [2] "d.json" overwrite: true"#, "!! cannot-write").check(in: session)
  }

  @Test("Nothing is written when writing is not allowed")
  func readOnly() throws {
    let session = try Session(isReadOnly: true)
    let outcome = session.run(#"save [1] "x.json""#)
    #expect(outcome.errors.map(\.code) == ["read-only"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: session.folder.path) == [])
  }
}
