import Foundation
import Language
import Testing

@testable import Shell

@Suite struct ReplayTests {
  func differences(_ document: String) throws -> [DocumentReplay.Difference] {
    var found: [DocumentReplay.Difference] = []
    let replay = DocumentReplay(
      program: Toys.program, invocation: Invocation(), document: document)
    try Toys.withFolder { folder in #expect(replay.run(scratch: folder) { found.append($0) }) }
    return found
  }

  func transcript(_ inputs: [String]) -> String {
    let session = Toys.session()
    for input in inputs { _ = session.run(entry: input) }
    return TranscriptWriter(
      header: DocumentHeader(version: "1.0"), entries: session.record.all
    ).text
  }

  @Test func aSessionReplaysWithoutDifference() throws {
    let document = transcript([
      "let x = 20.5", "double x", "nothing_called_this", "1 +* 2",
      "fn f(n) {\n  double n times: 2\n}",
      "f 3; ", "f 3", "history", "_",
    ])
    #expect(try differences(document).map(\.block.input) == [])
  }

  @Test func aChangedNumberIsFound() throws {
    let document = transcript(["double 20.5", "double 1"])
    #expect(document.contains("41"))
    let found = try differences(document.replacing("\n41\n", with: "\n43\n"))
    #expect(found.map(\.block.input) == ["double 20.5"])
    #expect(found.first?.comparison.text() == "  - 43\n  + 41\n")
  }

  @Test func outputThatTheDocumentDoesNotHaveIsFound() throws {
    #expect(try differences("```probe\n1 + 1\n```\n").count == 1)
    #expect(try differences("```probe\n1 + 1;\n```\n").count == 0)
  }

  @Test func stoppedInputsAreNotRunAgain() throws {
    let document = "```probe\nwhile true { }\n```\n\n```\nerror[interrupted]: stopped\n```\n"
    #expect(try differences(document).isEmpty)
  }

  @Test func documentsWriteNothingInAReplay() throws {
    let name = "sonde-\(UUID().uuidString).md"
    let path = NSTemporaryDirectory() + "/" + name
    _ = try differences("```probe\ntranscript \"\(path)\"\n```\n")
    #expect(!FileManager.default.fileExists(atPath: path))
  }
}
