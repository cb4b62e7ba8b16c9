import TestSupport
import Testing

/// The keys that walk through what was entered, pressed at a terminal.
@Suite struct HistoryKeyTests {
  private static let up = "\u{1B}[A"
  private static let down = "\u{1B}[B"

  /// A prompt at which some entries were run, each of which shows a value.
  private func prompt(_ entries: [(String, String)], in folder: TemporaryFolder) throws
    -> PseudoTerminal
  {
    let terminal = try PseudoTerminal(["--no-color"], in: folder)
    terminal.seeLine("sonde>")
    for (entry, value) in entries {
      terminal.type(entry + "\r")
      terminal.see(entry) { $0.lines.suffix(2) == [value, "sonde>"] }
    }
    return terminal
  }

  @Test func upAndDownWalk() throws {
    let terminal = try prompt([("1 + 1", "2"), ("20 + 3", "23"), ("1 + 4", "5")], in: .init())
    for key in [Self.up, "\u{10}"] {
      terminal.type(key)
      terminal.seeLine("sonde> 1 + 4")
      terminal.type(key)
      terminal.seeLine("sonde> 20 + 3")
      terminal.type(key)
      terminal.seeLine("sonde> 1 + 1")
      let back = key == Self.up ? Self.down : "\u{0E}"
      terminal.type(back)
      terminal.seeLine("sonde> 20 + 3")
      terminal.type(back + back)
      terminal.seeLine("sonde>")
    }
    terminal.type("1" + Self.up + Self.up)
    terminal.seeLine("sonde> 1 + 1")
    terminal.type(Self.down + Self.down)
    terminal.seeLine("sonde> 1")
  }

  @Test func entriesOfSeveralLinesComeBackWhole() throws {
    let terminal = try prompt([("7", "7")], in: .init())
    terminal.type("for i in 1..2 {\rprint i\r}\r")
    terminal.see("output") { $0.lines.suffix(3) == ["1", "2", "sonde>"] }
    terminal.type(Self.up)
    let block = ["sonde> for i in 1..2 {", "… print i", "}"]
    terminal.see("the block") { $0.lines.suffix(3) == block[...] }
    terminal.type(Self.up)
    terminal.see("the entry before") { $0.lines.last == "sonde> 7" }
    terminal.type(Self.down)
    terminal.see("the block again") { $0.lines.suffix(3) == block[...] }
    terminal.type("\r")
    terminal.see("its output") { $0.lines.suffix(3) == ["1", "2", "sonde>"] }
  }

  @Test func ctrlRSearchesAndSearchesOn() throws {
    let terminal = try prompt([("1 + 1", "2"), ("20 + 3", "23"), ("1 + 4", "5")], in: .init())
    terminal.type("\u{12}+")
    terminal.see("the newest") {
      $0.line.hasPrefix("sonde> 1 + 4 ") && $0.line.hasSuffix("search: +")
    }
    terminal.type("\u{12}")
    terminal.see("the one before") { $0.line.hasPrefix("sonde> 20 + 3 ") }
    terminal.type("\u{12}")
    terminal.see("the oldest") { $0.line.hasPrefix("sonde> 1 + 1 ") }
    terminal.type("\u{12}")
    terminal.see("not found: +")
    terminal.type("\u{13}")
    terminal.see("a newer one") { $0.line.hasPrefix("sonde> 20 + 3 ") }
    terminal.type("\r")
    terminal.see("its value") { $0.lines.suffix(2) == ["23", "sonde>"] }
    terminal.type("abc\u{12}zzz\u{07}")
    terminal.seeLine("sonde> abc")
  }

  @Test func historyLastsFromSessionToSession() throws {
    let folder = try TemporaryFolder()
    let first = try prompt([("30 + 3", "33")], in: folder)
    first.type("exit\r")
    #expect(first.ended() == 0)
    let second = try prompt([], in: folder)
    second.type(Self.up + Self.up)
    second.seeLine("sonde> 30 + 3")
  }
}
