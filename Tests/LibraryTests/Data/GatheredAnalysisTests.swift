import Testing

@testable import Library

/// What was gathered once serves the analyses that take texts, with the same numbers.
@Suite("Analyses of what was gathered") struct GatheredAnalysisTests {
  static let setup = """
    load "random-tiny"
    let c = corpus "english" count: 60 seed: 1
    let a = gather c at: [L0.resid.pre, L*.resid.post] tokens: 10_000

    """

  @Test(arguments: [
    // Every token was gathered, so that both draw the same ones.
    Line(
      "max(abs(tensor((mutual_information a types: 10 each: 40).plain) - tensor((mutual_information c types: 10 each: 40).plain))) < 0.1",
      "true"),
    Line(
      "(mutual_information a types: 10 each: 40).at",
      #"["L0.resid.pre", "L0.resid.post", "L1.resid.post"]"#),
    Line(
      "max(abs(tensor((amount_of_change a each: 100).distance) - tensor((amount_of_change c each: 100).distance))) < 1e-5",
      "true"),
    Line("(amount_of_change a each: 100).at | unique", #"["L0.resid.post", "L1.resid.post"]"#),
    Line("(axis_alignment a rotations: 4).at | unique | len", "3"),
    Line(
      "(axis_alignment a rotations: 4 report: \"layers\").from | unique",
      #"["L0.resid.pre", "L0.resid.post"]"#),
    Line("(axis_alignment a rotations: 4 report: \"labels\").label | unique | len", "3"),
    Line("mutual_information a data: \"clean\"", "!! conflicting-arguments"),
    Line("preservation a side: \"enc\"", "!! conflicting-arguments"),
    Line("amount_of_change a[L0.resid.pre]", "!! wrong-numbers"),
    Line("similarity a[L0.resid.post] a[L1.resid.post] rows: 100 | len", "3"),
  ]) func answers(_ line: Line) throws {
    try Line(Self.setup + line.code, line.result).check()
  }

  /// One position of each text is infinite behind the last layer.
  @Test(arguments: [
    "mutual_information a types: 10 each: 30", "preservation a types: 8 each: 20 k: 5",
    "axis_alignment a rotations: 3", "axis_alignment a rotations: 3 report: \"labels\"",
    "axis_alignment a rotations: 3 report: \"layers\"", "amount_of_change a each: 100",
    "similarity a[L0.resid.pre] a[L1.resid.post] rows: 100",
    "(pca a labels: \"upos\" points: 20).numbers",
    "(tsne a labels: \"upos\" points: 20 iterations: 5).numbers",
  ]) func tokensWithAnInfinityAreLeftOut(_ code: String) throws {
    let setup = """
      load "random-tiny"
      apply scale(L1.mlp@3, by: 1e39)
      let c = corpus "english" count: 60 seed: 1
      let a = gather c at: [L0.resid.pre, L*.resid.post] tokens: 10_000

      """
    let outcome = try Session().run(setup + code)
    guard case .table(let table)? = outcome.shown else {
      Issue.record("no table: \(outcome.errors)")
      return
    }
    #expect(table.notes.contains { $0.hasPrefix("60 ") && $0.contains("NaN or an infinity") })
    #expect(!table.columns.contains { $0.values.contains(.number(.nan)) })
  }

  @Test(arguments: [
    "mutual_information a types: 10 each: 30", "preservation a types: 8 each: 20 k: 5",
    "axis_alignment a rotations: 3", "amount_of_change a each: 100",
    "similarity a a rows: 100", "pca a", "tsne a",
    // Texts say so as well.
    "mutual_information c types: 10 each: 30", "axis_alignment c report: \"labels\"",
  ]) func nothingIsMadeOfNaNAlone(_ code: String) throws {
    let setup = """
      load "random-tiny"
      apply scale(L1.mlp, by: 1e39)
      let c = corpus "english" count: 60 seed: 1
      let a = gather c at: [L0.resid.pre, L*.resid.post] tokens: 10_000

      """
    try Line(setup + code, "!! not-finite").check()
  }

  @Test(arguments: [
    // Of some texts only: rows are counted among those that are there.
    Line("axis_alignment (a | where { it.text > 50 }) rotations: 3 | len", "6"),
    // Vectors of zeros tell nothing.

    Line("preservation z types: 8 each: 20 k: 5 metric: \"whitened\"", "!! constant-data"),
    Line("(axis_alignment z rotations: 3 report: \"labels\").aligned | unique", "[null]"),
    Line("(mutual_information z types: 10 each: 40).plain", "[0]"),
    Line("(pca z points: 20).points.x | unique | len", "1"),
    Line("mutual_information s types: 10 each: 40", "!! out-of-range"),
  ]) func degenerateVectors(_ line: Line) throws {
    let setup = """
      let z = with scale(L0.resid.pre, by: 0) { gather c at: L0.resid.pre tokens: 10_000 }
      let s = with scale(L1.resid.post, by: 1e20) { gather c at: L1.resid.post tokens: 10_000 }

      """
    try Line(Self.setup + setup + line.code, line.result).check()
  }

  @Test(arguments: ["token", "right", "upos", "upos-around"])
  func neighboursAreTheSame(_ property: String) throws {
    let options = "\"\(property)\" types: 8 each: 20 k: 5"
    // Batches of other sizes round otherwise, which may turn a near neighbour or two.
    let code = """
      let found = (preservation a \(options)).score
      let expected = (preservation c \(options)).score
      max(abs(tensor(found) - tensor(expected))) < 0.1
      """
    try Line(Self.setup + code, "true").check()
  }
}
