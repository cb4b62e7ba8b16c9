import Analysis
import Language
import Statistics

/// What `explanation_check` shows.
struct ExplanationTable {
  private let results: [ExplanationCheck.Result]
  private let heads: Int
  private let settings: ExplanationCheck.Settings

  init(_ results: [ExplanationCheck.Result], heads: Int, _ settings: ExplanationCheck.Settings) {
    self.results = results
    self.heads = heads
    self.settings = settings
  }

  private var intervals: IntervalColumns { IntervalColumns(texts: results.count) }

  /// A number of a text, and what it is where attention plays no part, or chance alone.
  private struct Measure {
    let name: String
    /// What its column is called in a table of texts.
    let column: String
    let number: (ExplanationCheck.Result) -> Double
    let null: (ExplanationCheck.Result) -> Double

    init(
      _ name: String, _ column: String, _ number: @escaping (ExplanationCheck.Result) -> Double,
      null: @escaping (ExplanationCheck.Result) -> Double = { _ in 0 }
    ) {
      self.name = name
      self.column = column
      self.number = number
      self.null = null
    }
  }

  private var measures: [Measure] {
    var measures = [
      Measure("greatest weight", "weight", \.greatestWeight, null: \.evenWeight),
      Measure("shuffled", "shuffled", \.shuffled), Measure("even", "even", \.even),
      Measure(
        "moved divergence", "moved_divergence", \.movedDivergence, null: \.shuffledDivergence),
      Measure("moved", "moved", \.moved),
      Measure("final loss", "final_loss", \.finalLoss, null: { _ in .nan }),
    ]
    if results.contains(where: { $0.otherDistance.isFinite }) {
      measures += [
        Measure(
          "other model's divergence", "other_divergence", \.otherDivergence,
          null: \.shuffledDivergence),
        Measure(
          "other model's distance", "other_distance", \.otherDistance, null: { _ in .nan }),
      ]
    }
    return measures + [
      Measure("τ with gradients", "tau_gradient", \.gradientAgreement),
      Measure("τ with leaving out", "tau_left_out", \.leftOutAgreement),
    ]
  }

  /// Means over the texts.
  func summary(notes: [String]) -> Table {
    let seed = settings.seed
    var lines = measures.map { measure in
      (
        measure.name, Bootstrap.mean(results.map(measure.number), seed: seed),
        Bootstrap.mean(results.map(measure.null), seed: seed).value
      )
    }
    // Whether a text whose attention is sharp is one whose output moves.
    let sharp = Bootstrap.estimate(units: results.count, seed: seed) { texts in
      RankCorrelation.spearman(
        texts.map { results[$0].greatestWeight }, texts.map { results[$0].shuffled })
    }
    lines.append(("ρ of weight and shuffled", sharp, 0))
    return Table(
      [
        .init("measure", lines.map { .string($0.0) }),
        .init("value", lines.map { $0.1.value.isNaN ? .null : .number($0.1.value) }),
      ] + intervals(lines.map(\.1)) + [
        .init("null", lines.map { $0.2.isNaN ? .null : .number($0.2) }),
        .init("texts", lines.map { .int(results.count - $0.1.skipped) }),
      ], notes: remarks + intervals.notes + notes)
  }

  /// One line for each text.
  func lines(_ rows: [PromptRow], notes: [String]) -> Table {
    let columns = measures.map { measure in
      Table.Column(
        measure.column,
        results.map { result in
          let number = measure.number(result)
          return number.isNaN ? .null : .number(number)
        })
    }
    let texts = rows.map { row in
      Value.string(row.written.texts.joined())
    }
    return Table([.init("text", texts)] + columns, notes: remarks + notes)
  }

  private var remarks: [String] {
    let rows = results.reduce(0) { $0 + $1.rows }
    let fixed = results.reduce(0) { $0 + $1.fixedRows }
    var remarks = [
      "\(Value.count(heads, "head")) changed together, \(Value.count(rows, "row")) in all"
        + (fixed > 0 ? "; \(fixed) with one key cannot change" : "")
    ]
    let failed = results.count { $0.finalLoss.isFinite && $0.movedDivergence.isNaN }
    if failed > 0 {
      remarks.append(
        "for \(Value.count(failed, "text")) the search found no attention within the tolerance")
    }
    return remarks
  }
}
