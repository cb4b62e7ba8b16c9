import Testing

@testable import Shell

@Suite struct EditingTests {
  @Test func indentsByOpenBrackets() {
    #expect(Indentation.after("fn f(x) {") == "  ")
    #expect(Indentation.after("f([") == "    ")
    #expect(Indentation.after("a }}}") == "  ")
  }

  @Test func pastesTextAsItIs() {
    func pasted(_ text: String) -> String { Pasted.text(Array(text.unicodeScalars)) }
    #expect(pasted("a\r\nb\rc\td\n\n") == "a\nb\nc  d")
    #expect(pasted("猫\u{1B}[31m\u{7F}é") == "猫[31mé")
  }

  @Test func setsCandidatesInColumns() {
    let names = ["a", "bb", "ccc", "d"].map { Completion.Candidate($0) }
    #expect(CandidateList.text(names, width: 10) == "a    ccc\nbb   d\n")
    let noted = [Completion.Candidate("a", note: "what it is"), Completion.Candidate("bb")]
    #expect(CandidateList.text(noted, width: 40) == "a   what it is\nbb  \n")
  }

  @Test func countsTheRowsOfAPage() {
    #expect(Pager.height(of: "a\nb", columns: 80, atMost: 10) == 2)
    #expect(Pager.height(of: String(repeating: "x", count: 81), columns: 80, atMost: 10) == 2)
    #expect(Pager.height(of: "\u{1B}[31m猫\u{1B}[0m", columns: 2, atMost: 10) == 1)
    #expect(Pager.height(of: String(repeating: "\n", count: 100), columns: 80, atMost: 10) == 11)
  }

  @Test func saysHowFarACommandHasCome() {
    let line = ProgressLine(done: 50, total: 200, label: "sweep", seconds: 10)
    #expect(line.text == "sweep █████░░░░░░░░░░░░░░░ 50/200  5/s  30 s left")
    #expect(ProgressLine(done: 5, total: 0, label: "", seconds: 1).text == "5  5/s  1 s")
    #expect(ProgressLine.duration(3_700) == "1 h 1 min")
  }
}
