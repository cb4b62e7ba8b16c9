import Language
import Testing

@Suite("Diagnostics")
struct DiagnosticTests {
  @Test("carets stand under wide characters and tabs")
  func columns() {
    let source = Source(name: "entry 1", text: "\tlet 名 = 日本 + x")
    let start = Array(source.bytes).count - 1
    let text = DiagnosticText().text(
      Diagnostic("c", "h", labels: [.init(Location(source, Span(start, start + 1)), "here")]))
    #expect(
      text == """
        error[c]: h
          ┌ entry 1, line 1
        1 │   let 名 = 日本 + x
          │                   ^ here
        """)
  }

  @Test("two labels in different sources are both quoted")
  func twoSources() {
    let first = Source(name: "entry 1", text: "let x = 1")
    let second = Source(name: "entry 2", text: "x + \"a\"")
    let text = DiagnosticText().text(
      Diagnostic(
        "c", "h",
        labels: [
          .init(Location(second, Span(2, 3)), "this"),
          .init(Location(first, Span(4, 5)), "that", isPrimary: false),
        ], notes: ["a note"], help: "do this"))
    #expect(
      text == """
        error[c]: h
          ┌ entry 2, line 1
        1 │ x + "a"
          │   ^ this
          ┌ entry 1, line 1
        1 │ let x = 1
          │     ─ that
          = a note
          help: do this
        """)
  }

  @Test("a long line is cut around the mark")
  func longLine() {
    let source = Source(
      name: "s",
      text: String(repeating: "a", count: 5_000) + "!" + String(repeating: "b", count: 5_000))
    let text = DiagnosticText().text(
      Diagnostic("c", "h", labels: [.init(Location(source, Span(5_000, 5_001)), "")]))
    for line in text.split(separator: "\n") { #expect(DisplayWidth.of(String(line)) < 180) }
    let lines = text.split(separator: "\n").map(Array.init)
    let mark = lines[3].firstIndex(of: "^") ?? 0
    #expect(lines[2][mark] == "!")
  }

  @Test("control characters and text directions cannot disturb the terminal")
  func control() {
    let source = Source(name: "s", text: "a\u{1B}[31m\u{202E}b")
    let text = DiagnosticText().text(
      Diagnostic("c", "h", labels: [.init(Location(source, Span(0, 1)), "")]))
    #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
  }

  @Test("json has the place in lines and columns")
  func json() {
    let source = Source(name: "f.probe", text: "one\ntwö three")
    let json = Diagnostic(
      "c", "h", labels: [.init(Location(source, Span(9, 14)), "")], help: "do"
    ).json.text
    #expect(
      json
        == "{\"kind\": \"error\", \"code\": \"c\", \"message\": \"h\", \"file\": \"f.probe\", \"line\": 2, \"column\": 5, \"help\": \"do\"}"
    )
  }

  @Test("colour marks and nothing else")
  func colour() {
    let source = Source(name: "s", text: "abc")
    let diagnostic = Diagnostic(
      "c", "h", severity: .warning, labels: [.init(Location(source, Span(0, 1)), "x")])
    let coloured = DiagnosticText(isColoured: true).text(diagnostic)
    let plain = coloured.replacing(#/\u{1B}\[[0-9;]*m/#, with: "")
    #expect(coloured != plain)
    #expect(plain == DiagnosticText().text(diagnostic))
  }

  @Test(
    "display width",
    arguments: [
      ("abc", 3), ("日本", 4), ("e\u{301}", 1), ("👩‍👩‍👧", 2), ("❤️", 2), ("한글", 4), ("\u{200B}", 0),
      ("ｱ", 1), ("🇩🇪", 2), ("", 0),
    ])
  func width(_ text: String, _ columns: Int) { #expect(DisplayWidth.of(text) == columns) }

  @Test("fitting cuts at whole characters")
  func fitting() {
    #expect(DisplayWidth.fit("日本語", 5) == "日本…")
    #expect(DisplayWidth.fit("日本語", 4) == "日… ")
    #expect(DisplayWidth.fit("ab", 4) == "ab  ")
    #expect(DisplayWidth.truncate("abc", 0) == "")
  }

  @Test("lines and columns of a source")
  func source() {
    let source = Source(name: "s", text: "a\r\nbb\n\nc")
    #expect(source.lineCount == 4)
    #expect(source.text(of: source.span(ofLine: 1)) == "a")
    #expect(source.line(at: 4) == 2)
    #expect(source.column(at: 4) == 2)
    #expect(source.line(at: 99) == 4)
    #expect(Source(name: "s", text: "a\n").lineCount == 1)
  }
}
