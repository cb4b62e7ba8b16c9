import TestSupport
import Testing

/// How a session at a terminal begins and ends, and what is shown while it works.
@Suite struct SessionKeyTests {
  private func prompt(in folder: TemporaryFolder, columns: Int = 80) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(["--no-color"], in: folder, columns: columns)
    terminal.seeLine("sonde>")
    return terminal
  }

  @Test(arguments: [("exit\r", 0), ("quit()\r", 0), ("exit 3\r", 3), ("\u{04}", 0)])
  func leaves(_ keys: String, _ status: Int32) throws {
    let terminal = try prompt(in: TemporaryFolder())
    terminal.type(keys)
    #expect(terminal.ended() == status)
  }

  @Test func aStartAfterAKilledSessionOffersToRecoverIt() throws {
    let folder = try TemporaryFolder()
    let first = try prompt(in: folder)
    #expect(!first.screen.lines.contains { $0.contains("recover") })
    #expect(first.screen.lines.contains { $0.contains("tiny-lm") && $0.contains("models") })
    first.type("1 + 1\r")
    first.see("the value") { $0.lines.suffix(2) == ["2", "sonde>"] }
    first.kill()
    let second = try prompt(in: folder)
    #expect(second.screen.lines.contains { $0.contains("`sonde recover`") })
    second.type("1 + 1\rexit\r")
    #expect(second.ended() == 0)
    let third = try prompt(in: folder)
    #expect(!third.screen.lines.contains { $0.contains("`sonde recover`") })
  }

  @Test func aLongLoopSaysHowFarItIsAndStops() throws {
    let terminal = try prompt(in: TemporaryFolder())
    terminal.type("for i in 1..500000000 { }\r")
    terminal.see("progress") { screen in
      screen.lines.contains { $0.hasPrefix("for ") && $0.contains("left") }
    }
    terminal.type("\u{03}")
    terminal.see("the end") {
      $0.lines.last == "sonde>" && $0.lines.contains { $0.contains("error[interrupted]") }
    }
  }

  @Test func thePagerGoesBackAndSearches() throws {
    let terminal = try prompt(in: TemporaryFolder())
    terminal.type("help\r")
    terminal.see("the first page") { $0.lines.last?.hasPrefix("lines 1-23 ") == true }
    let first = terminal.screen.lines[0]
    terminal.type(" ")
    terminal.see("the second page") { $0.lines.last?.hasPrefix("lines 24-46 ") == true }
    terminal.type("b")
    terminal.see("the first page again") { $0.lines[0] == first }
    terminal.type("/transcript\r")
    terminal.see("what was searched") { $0.lines.dropLast().contains { $0.contains("transcript") } }
    terminal.type("G")
    terminal.see("the end") { $0.lines.last?.contains("(end)") == true }
    terminal.type("g/no such text\r")
    terminal.see("`no such text` is not found")
    terminal.resize(columns: 40)
    terminal.see("narrow pages") {
      $0.lines.last?.hasPrefix("`no such") == true || $0.columns == 40
    }
    terminal.type("q")
    terminal.see("the prompt") { $0.lines.last == "sonde>" }
  }

  @Test func helpFitsANarrowTerminal() throws {
    let terminal = try prompt(in: TemporaryFolder(), columns: 40)
    terminal.type("help seed\r")
    terminal.see("the page") {
      $0.lines.last == "sonde>" && $0.lines.contains { $0.contains("gives") }
    }
    let start = terminal.screen.lines.firstIndex { $0.hasPrefix("seed(") } ?? 0
    let page = terminal.screen.lines[start...].dropLast()
    #expect(page.contains("  Sets the seed of everything random"))
    #expect(page.allSatisfy { !$0.hasPrefix(" ") || $0.hasPrefix("  ") })
  }
}
