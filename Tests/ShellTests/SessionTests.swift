import Figures
import Foundation
import Language
import Testing

@testable import Shell

@Suite struct SessionTests {
  @Test func recordsEntriesWithWhatCameOfThem() {
    let session = Toys.session()
    _ = session.run(entry: "double 21")
    _ = session.run(entry: "nope")
    #expect(session.record.all.map(\.state) == [.succeeded, .failed])
    #expect(session.record.all[0].output == "42\n")
    #expect(session.record.all[1].output.hasPrefix("error[unknown-name]"))
    #expect(session.record.all[1].output.contains("entry 2, line 1"))
  }

  @Test func savesOnlyInputsThatWorked() throws {
    try Toys.withFolder { folder in
      let session = Toys.session()
      for input in ["let a = 2", "nope", "double a"] { _ = session.run(entry: input) }
      let path = folder + "/s.probe"
      #expect(session.run(entry: "save_script \"\(path)\"").isSuccess)
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text == "#!/usr/bin/env sonde\nlet a = 2\ndouble a\n")
    }
  }

  @Test func replacesOnlyItsOwnDocuments() throws {
    try Toys.withFolder { folder in
      let path = folder + "/notes.md"
      let session = Toys.session()
      _ = session.run(entry: "double 1")
      #expect(session.run(entry: "transcript \"\(path)\"").isSuccess)
      #expect(session.run(entry: "transcript \"\(path)\"").isSuccess)
      let other = Toys.session()
      #expect(other.run(entry: "transcript \"\(path)\"").errors.first?.code == "file-exists")
      #expect(other.run(entry: "transcript \"\(path)\" overwrite: true").isSuccess)
      #expect(
        other.run(entry: "transcript \"\(folder)/none/x.md\"").errors.first?.code == "cannot-write")
    }
  }

  @Test func aScriptCanKeepItsTranscript() throws {
    try Toys.withFolder { folder in
      let path = folder + "/notes.md"
      let session = Toys.session()
      let text = "let a = 3\ndouble a\ntranscript \"\(path)\"\n"
      #expect(session.run(Source(name: "s.probe", text: text), mode: .script).isSuccess)
      let blocks = ProbeBlock.all(in: try String(contentsOfFile: path, encoding: .utf8))
      #expect(blocks.map(\.input) == ["let a = 3\ndouble a"])
      #expect(blocks.map(\.expected) == ["6"])
    }
  }

  @Test func choosesColoursByTheEnvironment() {
    func colour(_ isTerminal: Bool, _ environment: [String: String]) -> RenderStyle.Colour {
      Terminal.colour(isTerminal: isTerminal, isRefused: false, environment: environment)
    }
    #expect(colour(true, ["TERM": "xterm-256color"]) == .palette)
    #expect(colour(true, ["TERM": "xterm", "COLORTERM": "truecolor"]) == .full)
    #expect(colour(true, ["TERM": "xterm", "NO_COLOR": "1"]) == .none)
    #expect(colour(true, ["TERM": "dumb"]) == .none)
    #expect(colour(false, ["TERM": "xterm"]) == .none)
    #expect(colour(false, ["TERM": "xterm", "CLICOLOR_FORCE": "1"]) == .palette)
    #expect(
      Terminal.colour(isTerminal: true, isRefused: true, environment: ["TERM": "xterm"]) == .none)
  }
}
