import Figures
import Language
import Testing

@testable import Shell

/// What a stranger's text may do to a terminal: nothing.
@Suite struct TerminalTextTests {
  private var coloured: RenderStyle {
    var style = RenderStyle.transcript
    style.colour = .palette
    return style
  }

  private func shown(_ value: Value, isTerminal: Bool = true) -> String {
    TextOutput.harmless(isTerminal: isTerminal, coloured) { ValueText($0).text(value) }
  }

  @Test func valuesAreShownWithoutBeingObeyed() {
    let evil = "a\u{1B}]0;title\u{7}\u{1B}[2J\nb\u{202E}c\r"
    let values: [Value] = [
      .string(evil), .list(of: [.string(evil)]), .record(("x", .string(evil))),
      .record((evil, .int(1))), .table(Table([Table.Column(evil, [.string(evil)])])),
    ]
    for value in values {
      let text = shown(value).replacing(/\u{1B}\[[0-9;]*m/, with: "")
      #expect(
        !text.unicodeScalars.contains {
          $0.value == 0x1B || $0.value == 0x202E || $0.value == 7 || $0.value == 13
        })
      #expect(text.contains("title"))
    }
  }

  @Test func harmlessValuesKeepTheirColours() {
    let value = Value.table(Table([Table.Column("name", [.string("x")])]))
    #expect(shown(value).contains("\u{1B}["))
    #expect(shown(.string("a\u{1B}[31m\nb"), isTerminal: false).contains("\u{1B}[31m"))
  }
}
