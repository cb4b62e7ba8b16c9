import Language
import Testing

@testable import Figures

@Suite struct ValueTextTests {
  func text(_ value: Value, width: Int = 60) -> String {
    ValueText(RenderStyle(width: width)).text(value)
  }

  @Test func showsPlainValuesAsLiterals() {
    #expect(text(.number(0.1)) == "0.1")
    #expect(text(.string(" She")) == "\" She\"")
    #expect(text(.string("two\nlines")) == "two\nlines")
    #expect(text(.list(of: [.number(1), .null])) == "[1, null]")
    #expect(text(.record(("a", .number(1)))) == "{a: 1}")
  }

  @Test func breaksLongListsIntoLines() {
    let shown = text(.list(of: (0..<100).map { .number(Double($0)) }), width: 40)
    #expect(shown.split(separator: "\n").allSatisfy { $0.count <= 40 })
    #expect(shown.hasPrefix("[\n  0, 1, 2,") && shown.hasSuffix("]"))
  }

  @Test func setsLongRecordsUnderOneAnother() {
    let shown = text(
      .record(("name", .string(String(repeating: "x", count: 70))), ("n", .number(3))), width: 40)
    #expect(shown.split(separator: "\n").count == 2)
    #expect(shown.hasSuffix("n     3"))
  }

  @Test func showsAVectorAsBlocksWithLabels() {
    let vector = TensorValue(
      axes: [.init("token", labels: ["a", "b", "c"])], storage: .doubles([0, 0.5, 1]))
    #expect(
      text(.tensor(vector)) == """
        tensor [token 3], min 0, mean 0.5, max 1
           a     b     c
        ▁▁▁▁  ▅▅▅▅  ████
        0.00  0.50  1.00
        """)
  }

  @Test func showsAMatrixAsAHeatMap() {
    let matrix = TensorValue(
      axes: [.init("row", count: 2), .init("column", count: 2)], storage: .floats([1, 2, 3, 4]))
    #expect(text(.tensor(matrix)).hasSuffix("row  0 1\n  0  1 2\n  1  3 4"))
  }

  @Test func summarisesMoreAxes() {
    let cube = TensorValue(
      axes: [.init("head", count: 2), .init("query", count: 2), .init("key", count: 2)],
      storage: .floats(Array(repeating: 1, count: 8)))
    #expect(text(.tensor(cube)).hasSuffix("a part of it: `_[head: 0]`"))
  }

  @Test func drawsBarsOnBothSidesOfZero() {
    let figure = Figure(.bars(labels: ["a", "b"], values: [-1, 2]))
    let lines = text(.figure(figure), width: 30).split(separator: "\n")
    #expect(lines[0].hasSuffix("█│") && lines[1].contains("│█"))
  }

  @Test func drawsALineThroughItsPoints() {
    let figure = Figure(.lines([.init("", x: [0, 1], y: [0, 1])], ticks: ["L0", "L1"]))
    let lines = text(.figure(figure), width: 50).split(separator: "\n")
    #expect(lines[0].last == "⡠" || lines[0].contains { ("\u{2800}"..."\u{28FF}").contains($0) })
    #expect(lines.last?.contains("L0") == true)
  }

  @Test func plotsOfNothingSaySo() {
    #expect(text(.figure(Figure(.lines([], ticks: [])))) == "no points")
    #expect(text(.figure(Figure(.scatter([.init("", x: [.nan], y: [.nan])])))).contains("└"))
  }
}
