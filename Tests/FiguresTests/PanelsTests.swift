import Language
import Testing

@testable import Figures

@Suite struct PanelsTests {
  static func panel(_ index: Int) -> Figure {
    Figure(
      .scatter([
        .init("is", x: [0, 1, 2], y: [0, 1, Double(index)]),
        .init("was", x: [2, 3], y: [3, .nan], labels: ["a", "b"]),
      ]), title: "layer \(index)", valueLabel: "PC 2", xLabel: "PC 1",
      notes: ["accuracy 0.\(index)"])
  }

  static let figure = Figure(
    .panels((0..<5).map(panel)), title: "Planes", notes: ["seed 0"])

  @Test func panelsStandSideBySide() {
    let text = ValueText(RenderStyle(width: 100)).text(.figure(Self.figure))
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(lines[0] == "Planes")
    #expect(lines[1].contains("layer 0") && lines[1].contains("layer 2"))
    #expect(!lines[1].contains("layer 3"))
    #expect(lines.allSatisfy { DisplayWidth.of($0) <= 100 })
    #expect(lines.contains { $0.contains("accuracy 0.3") && $0.contains("accuracy 0.4") })
    #expect(lines.count { $0.hasPrefix("┌") } == 2)
    #expect(lines.suffix(2).joined().contains("o is") && lines.last == "seed 0")
    // A narrow terminal has one in a row.
    let narrow = ValueText(RenderStyle(width: 40)).text(.figure(Self.figure))
    #expect(narrow.split(separator: "\n").count { $0.hasPrefix("┌") } == 5)
  }

  @Test func otherPicturesStandBelowEachOther() {
    let bars = Figure(.bars(labels: ["a"], values: [1]), title: "bars")
    let text = ValueText(RenderStyle(width: 100))
      .text(.figure(Figure(.panels([bars, Self.panel(1)]))))
    #expect(text.contains("bars") && text.contains("layer 1"))
    #expect(ValueText(RenderStyle(width: 80)).text(.figure(Figure(.panels([])))) == "")
  }

  @Test func svgHoldsAllPanels() throws {
    let document = SVG.document(for: Self.figure)
    let read = try #require(SVGTests.Reader.read(document))
    // Four finite points in each of five panels.
    #expect(read.counts["circle"] == 20)
    #expect(read.text.contains("layer 4") && read.text.contains("accuracy 0.2"))
    let mixed = SVG.document(
      for: Figure(.panels([Figure(.bars(labels: ["<a>"], values: [1])), Self.panel(0)])))
    let inner = try #require(SVGTests.Reader.read(mixed))
    #expect(inner.counts["svg"] == 2)
    #expect(SVGTests.Reader.read(SVG.document(for: Figure(.panels([])))) != nil)
  }

  @Test func theSummaryCounts() {
    #expect(Self.figure.summary == "5 panels: Planes")
  }
}
