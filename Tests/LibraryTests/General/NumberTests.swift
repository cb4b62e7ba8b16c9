import Testing

@testable import Library

@Suite("Numbers and statistics at their edges")
struct NumberTests {
  @Test(
    "Statistics",
    arguments: [
      Line("sum []", "0"),
      Line("mean []", "!! empty"),
      Line("median []", "!! empty"),
      Line("std []", "!! empty"),
      Line("std [3]", "0"),
      Line("max []", "!! empty"),
      Line("[1, NaN] | mean", "NaN"),
      Line("[1, NaN] | max", "NaN"),
      Line("[NaN, 1] | min", "NaN"),
      Line("[1, NaN] | median", "NaN"),
      Line("[1, -Infinity] | min", "-Infinity"),
      Line("[Infinity, -Infinity] | sum", "NaN"),
      Line("[Infinity, 1] | sum", "Infinity"),
      Line("[1e308, 1e308] | sum", "Infinity"),
      Line("median [3, 1, 2]", "2"),
      Line("[1e16, 1, 1, -1e16] | sum", "2"),
      Line("[0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1] | sum", "1"),
      Line("[1, true] | sum", "!! not-a-number"),
      Line("\"abc\" | sum", "!! wrong-type"),
      Line("mean 3", "3"),
      Line("max(1, [2])", "!! wrong-type"),
      Line("max([1, 5], 7)", "7"),
      Line("tensor [] | sum", "0"),
      Line("tensor [] | mean", "!! empty"),
      Line(#"tensor [[1, 2]] | mean over: "rows""#, "!! unknown-axis"),
      Line(#"[1, 2] | mean over: "row""#, "!! wrong-type"),
      Line(#"tensor [[1, 2], [3, 4]] | mean over: ["row", "column"]"#, "2.5"),
      Line(#"tensor [[1, 2], [3, 5]] | sum over: "row" | flatten"#, "[4, 7]"),
      Line(
        #"tensor [[[1, 2], [3, 4]], [[5, 6], [7, 9]]] | max over: "axis1" | flatten"#,
        "[3, 4, 7, 9]"),
      Line(
        #"tensor [[[1, 2], [3, 4]], [[5, 6], [7, 9]]] | sum over: ["axis2", "axis0"] | flatten"#,
        "[14, 23]"),
      Line(#"[(tensor [[1, 2]]), (tensor [[3, 4]])] | sum over: "column" | flatten"#, "[10]"),
    ])
  func statistics(_ line: Line) throws { try line.check() }

  @Test(
    "Functions",
    arguments: [
      Line("abs(-0.5)", "0.5"),
      Line("sqrt -1", "NaN"),
      Line("log 0", "-Infinity"),
      Line("exp 1000", "Infinity"),
      Line("abs \"a\"", "!! wrong-type"),
      Line("[1, \"a\"] | abs", "!! not-a-number"),
      Line("round(-2.5)", "-3"),
      Line("round(2.675, 2)", "2.68"),
      Line("round(0.1 + 0.2, 3)", "0.3"),
      Line("round(1e300, 5)", "1e300"),
      Line("round(1.5, 400)", "1.5"),
      Line("round(1234.5, -400)", "0"),
      Line("round(1250, -2)", "1300"),
      Line("round(NaN, 2)", "NaN"),
      Line("close(NaN, NaN)", "true"),
      Line("close(Infinity, Infinity)", "true"),
      Line("close(Infinity, -Infinity)", "false"),
      Line("close(1, [1])", "!! shape-mismatch"),
      Line("close((tensor [1]), (tensor [1.0000001]))", "true"),
      Line(#"number " 12 ""#, "12"),
      Line(#"number "1_000""#, "!! not-a-number"),
      Line(#"number "0x10""#, "!! not-a-number"),
      Line(#"number "inf""#, "!! not-a-number"),
      Line(#"number "-Infinity""#, "-Infinity"),
      Line(#"number """#, "!! not-a-number"),
      Line("number true", "!! wrong-type"),
    ])
  func functions(_ line: Line) throws { try line.check() }

  @Test("A compensated sum keeps what a plain one loses")
  func compensation() {
    let numbers = (0..<1000).flatMap { _ in [1e100, 1.0, -1e100] }
    #expect(Statistic.sum(numbers) == 1000)
    #expect(numbers.reduce(0, +) == 0)
  }

  @Test(
    "Strings",
    arguments: [
      Line(#"split "" ",""#, #"[""]"#),
      Line(#"split """#, "[]"),
      Line(#"split "日本、語" "、""#, #"["日本", "語"]"#),
      Line("join [1, null, \"a\"] \" \"", #""1 null a""#),
      Line("join (table [{a: 1}])", "!! wrong-type"),
      Line(#"upper "straße""#, #""STRASSE""#),
      Line(#"trim "\n\t""#, #""""#),
    ])
  func strings(_ line: Line) throws { try line.check() }
}
