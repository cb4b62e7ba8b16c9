import Foundation
import Testing

@testable import Shell

@Suite struct TranscriptTests {
  func document(_ entries: [(String, String)]) -> String {
    TranscriptWriter(
      header: DocumentHeader(version: "1.0", date: Date(timeIntervalSince1970: 0)),
      entries: entries.map { .init(input: $0.0, output: $0.1, state: .succeeded) }
    ).text
  }

  @Test func writesEachInputWithItsOutput() {
    let written = document([("1 + 1", "2\n"), ("let x = 1", "")])
    #expect(
      written.hasSuffix(
        """
        Written by sonde 1.0.

        ```probe
        1 + 1
        ```

        ```
        2
        ```

        ```probe
        let x = 1
        ```

        """))
  }

  @Test func comesBackAsItWent() {
    let entries = [
      ("print \"```\"", "```\n"), ("fn f(x) {\n  x\n}", ""), ("a", "  two\n\n  spaces\n"),
      ("\"\"\"\n````\n\"\"\"", "````\n~~~\n"), ("no line break", "half"),
    ]
    let blocks = ProbeBlock.all(in: document(entries))
    #expect(blocks.map(\.input) == entries.map(\.0))
    for (block, entry) in zip(blocks, entries) {
      #expect(
        OutputComparison(expected: block.expected ?? "", actual: entry.1).isSame,
        "\(entry.0): \(block.expected ?? "nothing")")
    }
  }

  @Test func fenceIsLongerThanAnyRunInside() {
    #expect(Fence.block("a ````` b").hasPrefix("``````\n"))
    #expect(Fence.block("plain").hasPrefix("```\n"))
  }

  @Test func outputBelongsToTheInputDirectlyAboveIt() {
    let text = """
      Some words.

      ```probe
      1
      ```

      In between.

      ```
      not its output
      ```

      ```swift
      let other = "language"
      ```

        ```probe
        2
        ```
      ~~~
      2
      ~~~
      """
    let blocks = ProbeBlock.all(in: text)
    #expect(
      blocks == [
        ProbeBlock(line: 4, input: "1", expected: nil),
        ProbeBlock(line: 18, input: "2", expected: "2"),
      ])
  }

  @Test func readsLineBreaksOfOtherSystemsAndOpenEnds() {
    #expect(ProbeBlock.all(in: "```probe\r\n1\r\n```\r\n").map(\.input) == ["1"])
    #expect(ProbeBlock.all(in: "```probe\n1\n2").map(\.input) == ["1\n2"])
    #expect(ProbeBlock.all(in: "") == [])
  }

  @Test func keepsTheOptionsThatChangeNumbers() throws {
    var invocation = Invocation()
    invocation.seed = 7
    invocation.precision = .f64
    let header = DocumentHeader(version: "1.0", options: DocumentHeader.options(of: invocation))
    #expect(DocumentHeader.options(in: header.text) == ["--seed", "7", "--precision", "f64"])
    #expect(DocumentHeader.options(in: "# Notes\n\nwith `nothing`") == [])
  }
}
