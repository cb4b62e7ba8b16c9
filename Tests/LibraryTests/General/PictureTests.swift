import Language
import Testing

@testable import Library

@Suite("Pictures")
struct PictureTests {
  private func figure(_ code: String) throws -> Figure {
    let outcome = try Session().run(code)
    #expect(outcome.errors.map(\.headline) == [])
    guard case .figure(let figure)? = outcome.shown else {
      throw Failure("no-figure", "\(code) shows no figure")
    }
    return figure
  }

  private func map(_ code: String) throws -> Figure.HeatMap {
    guard case .heatMap(let map) = try figure(code).content else {
      throw Failure("no-figure", "\(code) shows no heat map")
    }
    return map
  }

  @Test("A table's rows and columns are numbers by size, or come as they came")
  func keys() throws {
    let sorted = try map("heatmap (table {layer: [10, 2, 2], head: [1, 0, 1], change: [1, 2, 3]})")
    #expect(sorted.rows == ["2", "10"] && sorted.columns == ["0", "1"])
    #expect(sorted.values[0] == [2, 3] && sorted.values[1][0].isNaN && sorted.values[1][1] == 1)
    let named = try map(
      #"heatmap (table {w: ["b", "a"], n: [1, 2], p: [0.1, 0.2]}) rows: "w" columns: "n" value: "p""#
    )
    #expect(named.rows == ["b", "a"] && named.columnTitle == "n")
  }

  @Test("Positions bear their tokens")
  func tokens() throws {
    let found = try map(
      #"heatmap (table {layer: [0, 0], position: [0, 1], token: ["the", "the"], change: [1, 2]})"#)
    #expect(found.columns == ["0 the", "1 the"])
  }

  @Test("The scale diverges where numbers lie below zero")
  func scale() throws {
    #expect(try map("heatmap [[1, 2]]").scale == .sequential)
    #expect(try map("heatmap [[1, -2]]").scale == .diverging)
    #expect(try map("heatmap [[1, -Infinity]]").scale == .sequential)
  }

  @Test("A tensor's axes can change places, and those of one entry do not count")
  func axes() throws {
    let turned = try map(#"heatmap (tensor [[1, 2], [3, 4]]) rows: "column""#)
    #expect(turned.values == [[1, 3], [2, 4]] && turned.rowTitle == "column")
    let other = try map(#"heatmap (tensor [[1, 2], [3, 4]]) columns: "row""#)
    #expect(other.values == [[1, 3], [2, 4]])
    let flat = try map(#"heatmap (tensor [[[1, 2]], [[3, 4]]])"#)
    #expect(flat.values == [[1, 2], [3, 4]] && flat.rowTitle == "axis0")
    #expect(try map("heatmap [1, 2, 3]").values == [[1, 2, 3]])
    #expect(try map(#"heatmap [1, 2] rows: "index""#).values == [[1], [2]])
  }

  @Test(
    "What cannot be drawn says so",
    arguments: [
      Line("heatmap 3", "!! wrong-type"),
      Line("heatmap []", "!! shape-mismatch"),
      Line("heatmap (tensor [[[1, 2], [3, 4]], [[5, 6], [7, 8]]])", "!! shape-mismatch"),
      Line(#"heatmap [[1]] rows: "x""#, "!! unknown-axis"),
      Line(#"heatmap (table {a: ["x"]})"#, "!! no-numbers"),
      Line("heatmap (table {a: [1]})", "!! too-few-columns"),
      Line(#"heatmap (table {a: [1], b: [2], c: [3]}) value: "d""#, "!! unknown-column"),
      Line("bars [[1]]", "!! not-a-number"),
      Line("bars (tensor [[1, 2], [3, 4]])", "!! shape-mismatch"),
      Line(#"bars (table {a: ["x"]})"#, "!! not-a-number"),
      Line("plot true", "!! wrong-type"),
      Line("plot (1..100 | each { [it] })", "!! too-large"),
      Line("scatter (table {a: [1]})", "!! too-few-columns"),
      Line(#"scatter (table {a: [1], b: ["x"]}) x: "a" y: "b""#, "!! not-a-number"),
    ])
  func refused(_ line: Line) throws { try line.check() }

  @Test("Bars are named by the column that tells the rows apart")
  func bars() throws {
    let sweep = "table {address: [L0.H0, L0.H1], layer: [0, 0], head: [0, 1], change: [1, 2]}"
    #expect(
      try figure("bars (\(sweep))").content == .bars(labels: ["L0.H0", "L0.H1"], values: [1, 2]))
    #expect(try figure("bars (1..2)").content == .bars(labels: ["1", "2"], values: [1, 2]))
    #expect(
      try figure("bars (table {x: [4, 5]})").content == .bars(labels: ["0", "1"], values: [4, 5]))
  }

  @Test("Lines of their own for each value of a column, and labels as ticks")
  func lines() throws {
    let found = try figure(
      #"plot (table {layer: [0, 1, 0, 1], kind: ["a", "a", "b", "b"], loss: [1, 2, 3, 4]}) x: "layer" by: "kind""#
    )
    #expect(
      found.content
        == .lines(
          [.init("a", x: [0, 1], y: [1, 2]), .init("b", x: [0, 1], y: [3, 4])], ticks: []))
    let ticked = try figure(#"plot (table {w: ["p", "q"], n: [5, 6]})"#)
    #expect(ticked.content == .lines([.init("n", x: [0, 1], y: [5, 6])], ticks: ["p", "q"]))
  }
}
