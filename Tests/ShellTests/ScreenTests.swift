import Foundation
import Testing

@testable import Shell

/// What is drawn around the entry, and the pager's window.
@Suite struct ScreenTests {
  /// Widths are the locale's.
  init() { setlocale(LC_CTYPE, "C.UTF-8") }

  private func layout(_ before: String, _ after: String = "", columns: Int = 20) -> EntryLayout {
    EntryLayout(promptWidth: 7, before: before, after: after, columns: columns)
  }

  @Test func laysOutRowsAsTheTerminalDoes() {
    #expect(layout("abc", "d").rows.map(\.width) == [11])
    #expect(layout("abc", "d").cursorColumn == 10)
    let wrapped = layout("1234567890123", "4")
    #expect(wrapped.rows.map(\.width) == [20, 1] && wrapped.cursorRow == 1)
    let wide = layout("123456789012猫")
    #expect(wide.rows.map(\.width) == [19, 2])
    let block = layout("f {\n  x", "\n}")
    #expect(block.rows.map(\.hasRoomForMark) == [false, true, false])
    #expect(block.cursorRow == 1 && block.rowsBelow == 1)
  }

  @Test func aHintStandsOnlyWhereItIsFree() {
    func drawing(_ before: String, mayBeCut: Bool = false) -> String {
      Overlay(layout(before), hint: "hint(x, y)", mayBeCut: mayBeCut, rows: 24).drawing
    }
    #expect(
      Overlay(layout(""), hint: "hint(x)", mayBeCut: false, rows: 24).drawing.contains("hint(x)"))
    #expect(drawing("abc") == "")
    #expect(drawing("abc", mayBeCut: true).contains("hint(x,…"))
    #expect(drawing("abcdefg", mayBeCut: true) == "")
  }

  @Test func thePagerKeepsItsPlaceWhenTheWindowChanges() {
    var view = PagerView((1...50).map { "line \($0) of a text" }.joined(separator: "\n"))
    view.resize(columns: 40, rows: 11)
    view.move(by: 20)
    #expect(view.visible.hasPrefix("line 21 of a text\n"))
    view.resize(columns: 10, rows: 11)
    #expect(view.visible.hasPrefix("line 21 of\n a text\n"))
    view.resize(columns: 40, rows: 11)
    #expect(view.visible.hasPrefix("line 21 "))
    view.move(by: 1_000)
    #expect(view.isAtEnd && view.visible.hasSuffix("line 50 of a text\n"))
    view.move(by: -1_000)
    #expect(view.visible.hasPrefix("line 1 "))
  }

  @Test func thePagerSearchesBothWays() {
    var view = PagerView((1...50).map { "Line \($0)" }.joined(separator: "\n"))
    view.resize(columns: 40, rows: 11)
    view.search("line 3")
    #expect(view.visible.hasPrefix("Line 3\n"))
    view.search("")
    #expect(view.visible.hasPrefix("Line 30\n"))
    view.search("", isForward: false)
    #expect(view.visible.hasPrefix("Line 3\n"))
    view.search("line 3x")
    #expect(view.message.contains("not found"))
    view.message = ""
    view.search("LINE")
    #expect(view.message.contains("not found"))
  }

  @Test func thePagerCutsColouredLines() {
    #expect(PagerView.wrapped("abcd", to: 2) == ["ab", "cd"])
    #expect(
      PagerView.wrapped("\u{1B}[31mabc\u{1B}[0md", to: 2)
        == ["\u{1B}[31mab\u{1B}[0m", "\u{1B}[31mc\u{1B}[0md"])
    #expect(PagerView.wrapped("", to: 2) == [""])
  }

  @Test func aLoopStandsBeforeWhatRunsInIt() {
    var tasks = ProgressTasks()
    tasks.update(0, of: 10, "for", now: 0)
    tasks.update(1, of: 4, "sweep", now: 1)
    tasks.update(4, of: 4, "sweep", now: 9)
    tasks.update(1, of: 10, "for", now: 10)
    tasks.update(1, of: 4, "sweep", now: 11)
    #expect(
      tasks.text(20) == "for ██░░░░░░░░░░░░░░░░░░ 1/10  0.05/s  180 s left".replacing(
        "180 s", with: "3 min 0 s") + "  sweep 1/4")
    #expect(tasks.seconds(20) == 20)
  }
}
