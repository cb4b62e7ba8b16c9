import Language
import Testing

@testable import Figures

@Suite struct TableTextTests {
  let table = Table(
    [
      .init("rank", [1, 2].map { .int($0) }),
      .init("token", [" She", " 猫"].map { .string($0) }),
      .init("probability", [0.5, 0.25].map { .number($0) }, style: .bar(maximum: 1)),
      .init("remark", ["a rather long remark", "short"].map { .string($0) }),
    ], notes: ["active: zero L0.H1"])

  func text(_ width: Int, _ table: Table, maxRows: Int? = 40) -> String {
    ValueText(RenderStyle(width: width, maxRows: maxRows)).text(.table(table))
  }

  @Test func alignsNumbersRightAndMeasuresWideCharacters() {
    #expect(
      text(100, table)
        == """
        rank  token   probability               remark
        ────  ──────  ────────────────────────  ────────────────────
           1  " She"       0.5000 ██████        a rather long remark
           2  " 猫"        0.2500 ███           short
        active: zero L0.H1
        """)
  }

  @Test func shortensTextsBeforeItLeavesColumnsOut() {
    let lines = text(56, table).split(separator: "\n")
    #expect(lines[2].contains("a rathe") && lines[2].contains("…"))
    #expect(lines.allSatisfy { DisplayWidth.of(String($0)) <= 56 })
  }

  @Test func leavesColumnsOutAndSaysWhich() {
    let lines = text(34, table).split(separator: "\n").map(String.init)
    #expect(lines.first == "rank  token   probability")
    #expect(lines.contains("… 1 more column: remark; `show` prints all"))
  }

  @Test func leavesBarsOutBeforeColumns() {
    #expect(text(58, table).contains("█"))
    #expect(!text(40, table).contains("█") && text(40, table).contains("remark"))
  }

  @Test func saysHowManyRowsAreLeftOut() {
    let long = Table([.init("i", (0..<100).map { .int($0) })])
    let lines = text(60, long, maxRows: 3).split(separator: "\n")
    #expect(lines == ["i", "─", "0", "1", "2", "… 97 more rows of 100; `show` prints all"])
  }

  @Test func leavesNothingOutWhenWhole() {
    let long = Table([.init("i", (0..<100).map { .int($0) })])
    #expect(text(60, long, maxRows: nil).split(separator: "\n").count == 102)
    let wide = text(34, table, maxRows: nil)
    #expect(wide.contains("a rather long remark") && !wide.contains("…"))
  }

  @Test func showsMissingValuesAsNothing() {
    let table = Table([.init("a", [.number(1), .null]), .init("b", [.string("x"), .string("y")])])
    #expect(text(40, table) == "a  b\n─  ─\n1  x\n   y")
  }

  @Test func makesControlCharactersVisible() {
    let table = Table([.init("a", [.string("x\u{1B}[31m\u{202E}y")])])
    let shown = text(60, table)
    #expect(!shown.contains("\u{1B}") && !shown.contains("\u{202E}"))
  }
}
