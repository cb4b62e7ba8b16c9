import Testing

@testable import Shell

@Suite struct ComparisonTests {
  func same(_ a: String, _ b: String) -> Bool {
    OutputComparison(expected: a, actual: b).isSame
  }

  @Test(arguments: [
    ("0.1234", "0.1235"), ("0.1234", "0.1233"), ("-1.50", "-1.51"), ("9.99  x", "10.00  x"),
    ("1.2e-7", "1.3e-7"), ("0.5", "0.4999"), ("a 0.50 b", "a   0.51 b"), ("0", "0.01"),
  ])
  func lastPlaceMayDiffer(a: String, b: String) { #expect(same(a, b) && same(b, a)) }

  @Test(arguments: [
    ("0.1234", "0.1236"), ("0.12", "0.1234"), ("5", "6"), ("1.2e-7", "1.2e-6"), ("0.5", "-0.5"),
    ("L2.H3", "L2.H4"), ("x1", "x2"), ("2..5", "2..6"), ("a 1.0", "b 1.0"), ("1.0 1.0", "1.0"),
    ("NaN", "0.1"), ("[1, 2]", "[1, 3]"), ("0.1", ""), ("3 of 5", "3 of 6"),
  ])
  func changesAreReported(a: String, b: String) { #expect(!same(a, b) && !same(b, a)) }

  @Test(arguments: [
    ("took 1.25 s", "took 30 s"), ("12.5 ms", "0.1 ms"), ("81.2 tokens/s", "19.7 tokens/s"),
    ("time: 3 min", "time: 4 min"), ("0.3s", "0.4s"),
  ])
  func timesDoNotCount(a: String, b: String) { #expect(same(a, b)) }

  @Test func aTableMayBecomeWider() {
    #expect(
      same(
        "token  change\n─────  ──────\nx       9.999\n",
        "token  change\n─────  ───────\nx       10.000\n"))
    #expect(!same("3  s", "4  s"))
  }

  @Test func barsFollowTheirNumbers() {
    #expect(same("a  0.500 ██████▏", "a  0.501 ██████▎"))
    #expect(same("a  0.000", "a  0.001 ▏"))
    #expect(!same("a  0.500 ██████", "a  0.700 ████████"))
  }

  @Test func levelsMayDifferByOneStep() {
    #expect(same("0 ▁▂▃▄", "0 ▁▂▄▄"))
    #expect(!same("0 ▁▂▃▄", "0 ▁▂█▄"))
    let row = "tok " + String(repeating: " 3", count: 16)
    #expect(same(row, row.replacing(" 3 3 3", with: " 3 4 3", maxReplacements: 1)))
    #expect(!same(row, row.replacing(" 3 3 3", with: " 3 5 3", maxReplacements: 1)))
    #expect(same("t · · · · · · · · · · · 1", "t · · · · · · · · · · · ·"))
  }

  @Test func aPlotMayDifferByAFewDots() {
    #expect(same("1 ┤⠁⠂⠄", "1 ┤⠂⠂⠄"))
    #expect(!same("1 ┤⠁⠂⠄⡀⣿", "1 ┤⠁⠂⠄⡀⠀"))
  }

  @Test func spacesAtEndsDoNotCount() {
    #expect(same("a  \n\n", "a"))
    #expect(!same("a\n\nb", "a\nb"))
  }

  @Test func showsWhatIsMissingAndWhatIsNew() {
    let comparison = OutputComparison(expected: "a\nb\nc\nd", actual: "a\nb\nx\nd")
    #expect(comparison.text() == "    b\n  - c\n  + x\n    d\n")
  }
}
