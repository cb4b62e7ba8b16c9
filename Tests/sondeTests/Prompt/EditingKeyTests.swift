import TestSupport
import Testing

/// What is typed, pasted and interrupted at a terminal.
@Suite struct EditingKeyTests {
  private func prompt(columns: Int = 80) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(["--no-color"], in: TemporaryFolder(), columns: columns)
    terminal.seeLine("sonde>")
    return terminal
  }

  @Test func ctrlCComesBeforeWhatFollowsIt() throws {
    let terminal = try prompt()
    terminal.type("nonsense")
    terminal.seeLine("sonde> nonsense")
    terminal.type(" more\u{03}1 + 1\r")
    terminal.see("the value") { $0.lines.suffix(2) == ["2", "sonde>"] }
    #expect(terminal.screen.lines.contains("sonde> 1 + 1"))
  }

  @Test func theHintLeavesEveryLetterAlone() throws {
    let terminal = try prompt()
    terminal.type("predict ")
    terminal.see("the hint") { $0.line.contains("predict(prompt") }
    var typed = "sonde> predict "
    for length in 1...70 {
      let letter = Character(Unicode.Scalar(UInt8(97 + length % 26)))
      typed.append(letter)
      terminal.type(String(letter))
    }
    terminal.see("all letters") {
      $0.lines.suffix(2).first == String(typed.prefix(80))
        && $0.line.hasPrefix(typed.dropFirst(80) + "  ")
    }
    terminal.type(String(repeating: "\u{08}", count: 60))
    terminal.see("the hint again") {
      $0.line.hasPrefix(typed.prefix(25) + " ") && $0.line.contains("predict(prompt")
    }
  }

  @Test func aFaultInsideABlockIsShownAloneAndKeepsTheBlockOpen() throws {
    let terminal = try prompt()
    terminal.type("fn f(x) {\rlet y = = 3\r")
    terminal.see("the fault and the block") { screen in
      screen.lines.contains { $0.hasPrefix("error[unexpected-token]") }
        && screen.lines.suffix(2) == ["sonde> fn f(x) {", "… let y = = 3"]
    }
    #expect(!terminal.screen.lines.contains { $0.contains("is missing") })
    terminal.type(String(repeating: "\u{08}", count: 4) + "x + 3\ry\r}\rf(4)\r")
    terminal.see("the value") { $0.lines.suffix(2) == ["7", "sonde>"] }
  }

  @Test func ctrlCInABlockLeavesTheScreenInOrder() throws {
    let terminal = try prompt()
    terminal.type("fn g(x) {\rx\rx + 1")
    terminal.seeLine("… x + 1")
    terminal.type("\u{1B}[A\u{1B}[A")
    terminal.seeLine("sonde> fn g(x) {")
    terminal.type("\u{03}")
    terminal.see("a new prompt") { $0.lines.suffix(2) == ["  x + 1", "sonde>"] }
    #expect(terminal.screen.lines.suffix(4).first == "sonde> fn g(x) {")
    terminal.type("7\r")
    terminal.see("the value") { $0.lines.suffix(2) == ["7", "sonde>"] }
  }

  @Test func pastedTextIsTakenAsItIs() throws {
    let terminal = try prompt()
    terminal.type("\u{1B}[200~let a = 1\nlet b\t= 2\na + b\n\u{1B}[201~")
    terminal.see("the text") { $0.lines.last == "a + b" }
    terminal.type("\r")
    terminal.see("the value") { $0.lines.suffix(2) == ["3", "sonde>"] }
  }

  @Test func aResizedWindowGoesOnWithTheEntry() throws {
    let terminal = try prompt()
    terminal.type("1 + 2")
    terminal.seeLine("sonde> 1 + 2")
    terminal.resize(columns: 40)
    terminal.type(" + 3\r")
    terminal.see("the value") { $0.lines.suffix(2) == ["6", "sonde>"] }
  }

  @Test func tabOffersModelsWithWhatTheyAreFor() throws {
    let terminal = try prompt()
    terminal.type("load \"tiny-l\t\t")
    terminal.see("models") { $0.lines.contains { $0.hasPrefix("tiny-lm-dropout ") } }
    terminal.see("the entry") { $0.line.hasPrefix("sonde> load \"tiny-lm") }
  }
}
