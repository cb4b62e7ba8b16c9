import Foundation
import Language
import Testing

@testable import Figures

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct SVGTests {
  /// Counts a document's elements by name; nil when it is not well formed.
  final class Reader: NSObject, XMLParserDelegate {
    var counts: [String: Int] = [:]
    var text = ""

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      counts[name, default: 0] += 1
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    static func read(_ document: String) -> Reader? {
      let reader = Reader()
      let parser = XMLParser(data: Data(document.utf8))
      parser.delegate = reader
      return parser.parse() ? reader : nil
    }
  }

  static let labels = ["<s>", " & \"x\"", "猫\u{0}\u{1B}"]
  static let figures: [Figure] = [
    Figure(
      .heatMap(
        .init(
          rows: labels, columns: labels, values: Array(repeating: [0, .nan, 1], count: 3))),
      title: "a < b", valueLabel: "w"),
    Figure(.bars(labels: labels, values: [1, -2, .infinity]), notes: ["note & more"]),
    Figure(.lines([.init("x", x: [0, 1, 2], y: [0, .nan, 1])], ticks: labels), xLabel: "x"),
    Figure(.scatter([.init("x", x: [0, 1, 2], y: [0, 1, 1], labels: labels)])),
    Figure(
      .panels([
        Figure(.scatter([.init("x", x: [0, 1], y: [0, 1], labels: labels)]), title: "a < b"),
        Figure(.bars(labels: labels, values: [1, .nan, 2])),
      ])),
  ]

  @Test(arguments: figures) func isWellFormedWithItsTextEscaped(figure: Figure) throws {
    let reader = try #require(Reader.read(SVG.document(for: figure)))
    #expect(reader.counts["script"] == nil && reader.counts["text", default: 0] > 2)
    #expect(reader.text.contains("<s>"))
  }

  @Test func drawsASquareForEachNumber() throws {
    let reader = try #require(Reader.read(SVG.document(for: Self.figures[0])))
    // Nine squares, the ground, and forty steps of the scale.
    #expect(reader.counts["rect"] == 9 + 1 + 40)
  }

  @Test func thinsHundredsOfLabels() throws {
    let many = (0..<300).map { "label \($0)" }
    let map = Figure.HeatMap(
      rows: many, columns: ["a", "b"], values: Array(repeating: [1, 2], count: 300))
    let reader = try #require(Reader.read(SVG.document(for: Figure(.heatMap(map)))))
    #expect(reader.counts["text", default: 0] < 150)
  }

  @Test func drawsHugeMapsInBlocks() throws {
    let many = (0..<1_000).map(String.init)
    let map = Figure.HeatMap(
      rows: many, columns: ["a"], values: (0..<1_000).map { [Double($0)] })
    let document = SVG.document(for: Figure(.heatMap(map)))
    #expect(try #require(Reader.read(document)).counts["rect", default: 0] < 500)
    #expect(document.contains("the mean of a block"))
  }

  @Test func drawsTensorsAndTablesToo() {
    let matrix = TensorValue(
      axes: [.init("a", count: 1), .init("b", count: 1)], storage: .doubles([1]))
    #expect(SVG.document(for: .tensor(matrix)) != nil)
    let table = Table([.init("t", [.string("x")]), .init("p", [.number(0.5)])])
    #expect(SVG.document(for: .table(table))?.contains("0.5000") == true)
    #expect(SVG.document(for: .string("x")) == nil)
  }
}
