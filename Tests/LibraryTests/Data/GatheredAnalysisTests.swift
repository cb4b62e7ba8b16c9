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

  @Test(arguments: ["token", "right", "upos"])
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
