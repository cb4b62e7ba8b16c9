import Foundation
import Language
import Testing

@Suite("Depth and size")
struct DepthTests {
  /// Texts that nest or chain without end; each must work or give a diagnostic.
  static let texts: [(name: String, text: String)] = {
    func many(_ text: String, _ count: Int = 20_000) -> String {
      String(repeating: text, count: count)
    }
    return [
      ("parentheses", many("(") + "1" + many(")")), ("open parentheses", many("(")),
      ("brackets", many("[") + many("]")), ("open brackets", many("[")),
      ("braces", many("{") + many("}")), ("open braces", many("{")),
      ("blocks with text", many("{\"")), ("texts in texts", many("\"{")),
      ("records", many("{a: ") + "1" + many("}")), ("nots", many("not ") + "true"),
      ("minuses", many("- ") + "1"), ("minuses at once", many("-") + "1"),
      ("sums", "1" + many(" + 1")), ("products", "1" + many(" * 1")),
      ("powers", "1" + many(" ** 1")), ("signed powers", "1" + many(" ** -1")),
      ("ors", "false" + many(" or false")), ("ands", "true" + many(" and true")),
      ("comparisons", "1" + many(" == 1")), ("ranges", "1" + many("..1")),
      ("stages", "1" + many(" | abs")), ("else ifs", "if false { }" + many(" else if false { }")),
      ("ifs", many("if true { ")), ("if heads", many("if ")), ("withs", many("with ")),
      ("tries", many("try { ")), ("functions", many("fn f() { ")), ("loops", many("for x in ")),
      ("whiles", many("while true { ")), ("fields", "args" + many(".a")),
      ("indexes", "args" + many("[0]")), ("calls", "abs" + many("(1)")),
      ("nested calls", many("abs(") + "1" + many(")")), ("positions", "L1" + many("@1")),
      ("position brackets", many("@(")), ("layers", many("L(")), ("layer lists", many("L{")),
      ("commands", many("print ")), ("named", "print" + many(" a: 1")),
      ("arguments", "print" + many(" 1")), ("blocks", many("{ it | ")), ("bars", many("| ")),
      ("semicolons", many(";")), ("lines", many("1;\n")), ("lists", "[" + many("1, ") + "]"),
      ("returns", many("return ")), ("lets", many("let x = ")), ("dots", many(".")),
      ("ats", many("@")), ("quotes", many("\"")), ("escapes", "\"" + many("\\") + "\""),
      ("closers", many(")")), ("arrows", many("=> ")), ("colons", many("a: ")),
    ]
  }()

  @Test("works or gives a diagnostic", arguments: texts.map(\.name))
  func holds(_ name: String) throws {
    let text = try #require(Self.texts.first { $0.name == name }?.text)
    let toy = Toy()
    DispatchQueue.global().asyncAfter(deadline: .now() + 20) { toy.interruption.request() }
    let outcome = toy.run(text, mode: .script)
    for error in outcome.errors { #expect(!error.labels.isEmpty) }
    _ = Interpreter.completeness(of: text, host: ToyHost())
  }

  @Test("long chains work")
  func chains() {
    let toy = Toy()
    toy.run("1" + String(repeating: " + 1", count: 100_000))
    toy.run("-1" + String(repeating: " | abs", count: 100_000))
    toy.run(String(repeating: "not ", count: 100_001) + "true")
    #expect(toy.recorder.lines == ["100001", "1", "false"])
  }

  @Test("just under the limit works, just over is an error")
  func limit() {
    func nested(_ count: Int) -> String {
      String(repeating: "(", count: count) + "7" + String(repeating: ")", count: count)
    }
    let toy = Toy()
    #expect(toy.run(nested(399)).isSuccess)
    #expect(toy.run(nested(400)).errors.map(\.code) == ["too-deep"])
  }

  @Test("a thousand calls in one another fit, however deep each one's code is")
  func calls() {
    let toy = Toy()
    let open = String(repeating: "(0 + ", count: 190)
    let close = String(repeating: ")", count: 190)
    toy.run("fn f(n) { if n == 0 { 0 } else { \(open)([n - 1] | each { f(it) } | sum)\(close) } }")
    #expect(toy.run("f(499)").errors == [])
    #expect(toy.run("f(1000)").errors.map(\.code) == ["too-many-calls"])
  }

  @Test("values that nest without end are an error, and are freed")
  func values() {
    let toy = Toy()
    toy.run("let x = []; fn wrap() { while true { x = [x] } }")
    #expect(toy.run("wrap").errors.map(\.code) == ["too-deep"])
    #expect(toy.run("let f = { => 0 }; for i in 1..200000 { let g = f; f = { => g() } }").isSuccess)
    #expect(toy.run("f = null").isSuccess)
  }

  @Test("texts cannot grow without end")
  func growth() {
    let outcome = Toy().run("let s = \"ab\"; while true { s = s + s }")
    #expect(outcome.errors.map(\.code) == ["too-large"])
  }

  @Test("a source over 10 MB is refused, one under it is read")
  func size() {
    let toy = Toy()
    let line = "let x = 1 # a line that fills the file\n"
    let large = String(repeating: line, count: 10_000_001 / line.utf8.count + 1)
    #expect(toy.run(large).errors.map(\.code) == ["source-too-large"])
  }
}
