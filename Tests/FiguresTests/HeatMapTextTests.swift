import Language
import Testing

@testable import Figures

@Suite struct HeatMapTextTests {
  func text(_ map: Figure.HeatMap, width: Int, colour: RenderStyle.Colour = .none) -> String {
    ValueText(RenderStyle(width: width, colour: colour)).text(
      .figure(Figure(.heatMap(map), valueLabel: "weight")))
  }

  func map(_ count: Int, _ value: (Int, Int) -> Double) -> Figure.HeatMap {
    let labels = (0..<count).map { "t\($0)" }
    return Figure.HeatMap(
      rows: labels, columns: labels,
      values: (0..<count).map { row in (0..<count).map { value(row, $0) } }, rowTitle: "query",
      columnTitle: "key")
  }

  @Test func writesNumbersWhereTheyFit() {
    #expect(
      text(map(2) { $1 > $0 ? 0 : 1 / Double($0 + 1) }, width: 60) == """
              key
        query    t0   t1
           t0  1.00    0
           t1  0.50 0.50
              weight
        """)
  }

  @Test func writesDigitsWhereNumbersDoNotFit() {
    let lines = text(map(16) { Double($0 * $1) / 225 }, width: 50).split(separator: "\n")
    #expect(lines.contains("  t15  · 1 1 2 2 3 4 4 5 5 6 7 7 8 8 9"))
    #expect(lines.last == "      0 = 0 … 9 = 1  weight")
    #expect(lines.allSatisfy { DisplayWidth.of(String($0)) <= 50 })
  }

  @Test func numbersLongLabelsThatBothAxesHave() {
    let labels = [" Once", " upon"]
    let map = Figure.HeatMap(rows: labels, columns: labels, values: [[1, 0], [0.25, 0.75]])
    #expect(
      text(map, width: 60).split(separator: "\n") == [
        "            0    1", "0  Once  1.00    0", "1  upon  0.25 0.75", "        weight",
      ])
  }

  @Test func saysWhatIsLeftOut() {
    let lines = text(map(100) { Double($0 + $1) }, width: 60).split(separator: "\n")
    #expect(lines.last == "… 60 more rows, 73 more columns; `save` to an .svg file draws all")
  }

  @Test func marksWhatIsNotFinite() {
    let shown = text(map(2) { $0 == $1 ? .nan : -.infinity }, width: 60)
    #expect(shown.contains("NaN") && shown.contains("-∞"))
  }

  @Test func coloursEveryCellWithItsPlace() {
    let shown = text(map(2) { Double($0) * Double($1) }, width: 60, colour: .full)
    let low = ColourScale(kind: .sequential, ground: .dark).colour(0)
    let high = ColourScale(kind: .sequential, ground: .dark).colour(1)
    #expect(shown.contains("48;2;\(low.red);\(low.green);\(low.blue)"))
    #expect(shown.contains("48;2;\(high.red);\(high.green);\(high.blue)"))
    #expect(text(map(2) { Double($0 * $1) }, width: 60, colour: .palette).contains("48;5;"))
  }

  @Test func survivesEmptiness() {
    #expect(text(.init(rows: [], columns: [], values: []), width: 40) == "an empty heat map")
  }
}
