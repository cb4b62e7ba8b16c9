import Foundation
import Language
import Testing

@testable import Library

@Suite struct SimilarityCommandTests {
  static let views = """
    let a = tensor (0..49 | each { i => [i, (7 * i) % 50, (11 * i) % 50] })
    let b = tensor (0..49 | each { i => [i + (3 * i) % 17, (7 * i) % 50, (13 * i) % 50] })

    """

  @Test(arguments: [
    Line("(similarity a b).weights", #"["first", "second", "mean"]"#),
    Line("round (similarity a a method: \"procrustes\")[0].distance 9", "0"),
    Line("(similarity a b)[0].similarity == (similarity b a)[1].similarity", "true"),
    Line("(similarity a (tensor [[1, 2], [3, 4]]))", "!! shape-mismatch"),
    Line("similarity a b method: \"tsne\"", "!! unknown-choice"),
    Line("similarity a b compat: \"released\" method: \"cka\"", "!! conflicting-arguments"),
    Line("similarity a b compat: \"exact\"", "!! unknown-choice"),
    Line("similarity a b compat: \"robust\"", "!! conflicting-arguments"),
    Line("(similarity a b compat: \"robust\" method: \"cca\")[0].similarity < 0.6", "true"),
    Line("similarity a b keep: 0", "!! out-of-range"),
    Line("similarity a b bandwidth: -1", "!! out-of-range"),
    Line("similarity a (a * 0)", "!! constant-data"),
    Line("similarity a 3", "!! wrong-type"),
    Line("similarity (tensor [1, 2]) a", "!! shape-mismatch"),
    Line("similarity a (a / 0)", "!! not-finite"),
  ]) func answers(_ line: Line) throws {
    try Line(Self.views + line.code, line.result).check()
  }

  @Test func rowsWithNaNAreLeftOutOnBothSides() throws {
    let code = """
      let c = tensor (0..49 | each { i => [i, if i == 3 { 0 / 0 } else { i % 7 }] })
      let d = tensor (0..49 | each { i => [if i == 9 { 0 / 0 } else { i % 5 }, i] })
      similarity c d method: "cka"
      """
    let outcome = try Session().run(code)
    guard case .table(let table)? = outcome.shown else {
      Issue.record("no table: \(outcome.errors)")
      return
    }
    #expect(table.notes.first == "48 rows, 2 and 2 columns")
    #expect(table.notes.contains("1 row with NaN or an infinity left out"))
  }

  @Test(arguments: [
    Line("(pca a labels: [1]).numbers", "!! shape-mismatch"),
    Line("(pca a labels: \"word\").numbers", "!! wrong-type"),
    Line("(pca a labels: (0..49 | each { \"x{it}\" })).numbers", "!! too-many-labels"),
    Line("pca a points: 2", "!! out-of-range"),
    Line("(pca a points: 10).points | len", "10"),
    Line("(pca a labels: 0..49).points.label | unique | len", "6"),
    Line("(pca (a * 0)).points | len", "50"),
    Line("(tsne a iterations: -1)", "!! out-of-range"),
    Line("(tsne a iterations: 5 perplexity: 500).numbers | len", "1"),
    Line("pca 3", "!! wrong-type"),
  ]) func planes(_ line: Line) throws {
    try Line(Self.views + line.code, line.result).check()
  }

  @Test func aSingleLabelIsSaid() throws {
    let outcome = try Session().run(Self.views + "pca a labels: (0..49 | each { \"x\" })")
    guard case .host(let host)? = outcome.shown, let plane = host as? PlaneValue else {
      Issue.record("no plane: \(outcome.errors)")
      return
    }
    #expect(plane.figure.notes.contains("one label: nothing to tell apart"))
    #expect(plane.numbers["accuracy"]?.values.first?.text == "NaN")
  }
}
