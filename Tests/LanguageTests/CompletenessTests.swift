import Language
import Testing

@Suite("Completeness of an entry")
struct CompletenessTests {
  private func completeness(_ text: String) -> Interpreter.Completeness {
    Interpreter.completeness(of: text, host: ToyHost())
  }

  @Test(
    "what is open or ends too early goes on",
    arguments: [
      "(", "(1", "[1,", "{ it", "f(", "f(1,", "let x =", "1 +", "a |", "if x {", "if x",
      "fn f(a)", "fn f(a) {", "for x in", "with zero(L1),", "\"\"\"", "\"\"\"\nabc",
      "predict p top:",
      "{a: 1,", "{ x =>", "try {", "try { 1 }", "not", "@", "assert", "\"{", "\"{x", "L{",
      "for x in xs {\n  print x\n", "a\n| b |", "x == ",
    ])
  func incomplete(_ text: String) { #expect(completeness(text) == .incomplete) }

  @Test(
    "what can run is complete",
    arguments: [
      "", "1", "x", "f(1)", "[1, 2]", "a | b", "if x { 1 }", "# comment", "L*", "@*", "L*.H*",
      "let x = 3", "break", "return", "print -1", "\"\"\"\na\n\"\"\"", "a\n| b", "f;",
    ])
  func complete(_ text: String) { #expect(completeness(text) == .complete) }

  @Test(
    "what more text cannot mend is invalid",
    arguments: [
      ")", "1 2", "\"abc", "'abc", "(]", "let 3", "f(1 2", "a = = b", "}", "12abc",
      "\"\\q\"", "1 | 2", "print 1 + 2",
    ])
  func invalid(_ text: String) { #expect(completeness(text) == .invalid) }

  @Test(
    "A fault in an inner line is told from what is merely open",
    arguments: [
      ("fn f(x) {\nlet y = = 3", 2), ("for i in 1..3 {\n  print ) i", 2), ("if x { 1 ) ", 1),
      ("f(\n  print \"b", 2),
    ])
  func faulty(_ text: String, _ line: Int) {
    guard case .faulty(let fault) = completeness(text) else {
      Issue.record("\(text): \(completeness(text))")
      return
    }
    #expect(fault.location?.line == line)
  }
}
