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

  private typealias Number = (ExplanationCheck.Result) -> Double

  /// The measures, with what each is where attention plays no part, or chance alone.
  private var measures: [(name: String, number: Number, null: Number)] {
    [
      ("greatest weight", \.greatestWeight, \.evenWeight),
      ("shuffled", \.shuffled, { _ in 0 }), ("even", \.even, { _ in 0 }),
      ("moved divergence", \.movedDivergence, \.shuffledDivergence),
      ("moved", \.moved, { _ in 0 }), ("final loss", \.finalLoss, { _ in .nan }),
      ("τ with gradients", \.gradientAgreement, { _ in 0 }),
      ("τ with leaving out", \.leftOutAgreement, { _ in 0 }),
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
        .init("value", lines.map { .number($0.1.value) }),
        .init("low", lines.map { .number($0.1.low) }),
        .init("high", lines.map { .number($0.1.high) }),
        .init("null", lines.map { $0.2.isNaN ? .null : .number($0.2) }),
        .init("texts", lines.map { .int(results.count - $0.1.skipped) }),
      ], notes: remarks + notes)
  }

  /// One line for each text.
  func lines(_ rows: [PromptRow], notes: [String]) -> Table {
    let names = [
      "weight", "shuffled", "even", "moved_divergence", "moved", "final_loss", "tau_gradient",
      "tau_left_out",
    ]
    let columns = zip(names, measures).map { name, measure in
      Table.Column(name, results.map { .number(measure.number($0)) })
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
