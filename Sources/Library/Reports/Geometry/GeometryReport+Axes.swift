import Analysis
import Faults
import Figures
import Language
import Transformers

/// Whether streams lie along the axes that they are written in.
extension GeometryReport {
  private static let tokens = 500
  private static let turns = 10

  func axes() throws(Fault) -> [FigurePage.Section] {
    let sample = try experiment.axisSample(
      corpus.rows, of: corpus.stack, tokens: Self.tokens, seed: seed,
      progress: context.progress("axes"))
    let rotations = try Rotations(
      Self.turns, width: experiment.model.description.width, seed: seed)
    var readings: [AxisReading] = []
    let progress = context.progress("axes behind rotations")
    for point in sample.points.indices {
      try progress(point, sample.points.count)
      readings.append(try sample.shape(at: point, without: 0, rotations: rotations, seed: seed))
    }
    let found = Array(zip(sample.points, readings))
    func number(_ number: Double) -> Value { number.isNaN ? .null : .number(number) }
    let columns: [(String, (AxisSample.Point, AxisReading) -> Value)] = [
      ("at", { point, _ in .string(point.name) }),
      ("gap", { number($1.gap.value) }), ("low", { number($1.gap.low) }),
      ("high", { number($1.gap.high) }), ("null", { _, _ in .number(0) }),
      ("kurtosis", { number($1.kurtosis) }), ("participation", { number($1.participation) }),
      ("top share", { number($1.topShare) }), ("outliers", { .int($1.outliers.count) }),
    ]
    let table = Table(
      columns.map { name, value in Table.Column(name, found.map { value($0.0, $0.1) }) },
      notes: [
        "\(Value.count(sample.rows.count, "token")). Null: behind \(Self.turns) random rotations, "
          + "already taken off. Low and high: 95 % by bootstrap over texts. Participation: how many "
          + "of \(experiment.model.description.width) coordinates share a vector's length; top "
          + "share: the part of the variance in one coordinate; outliers: coordinates above six "
          + "times the median."
      ])
    return [
      FigurePage.Section(
        title: "Whether vectors lie along axes",
        lead: "By how much a vector's coordinates are more peaked (kurtosis) than behind a random "
          + "rotation: 0 where no axis is privileged. Norms scale each axis by its own gain, so what "
          + "stands before and behind them is shown beside each other.",
        figures: [ReportFigure.curve(table, "gap", "kurtosis gap", xLabel: "at")], table: table)
    ]
  }
}
