import Analysis
import Faults
import Figures
import Language
import Statistics
import Transformers

/// What of a token's stream comes from other tokens, and what each step adds to it.
extension GeometryReport {
  /// As many texts as are read for what takes a while each.
  private static let mostTexts = 60

  func mixing() throws(Fault) -> [FigurePage.Section] {
    let rows = corpus.rows.prefix(Self.mostTexts).map(\.row)
    let options = StreamMixingOptions(jacobianRows: 0, seed: seed)
    let found = try experiment.streamMixing(
      over: rows, options, progress: context.progress("mixing"))
    let random = try experiment.randomised(seed: seed).streamMixing(
      over: rows, options, progress: context.progress("mixing with random weights"))
    let updates = found.updates.indices.filter { found.updates[$0].stack == corpus.stack }
    let variant = experiment.model.description.fittingMixing.rawValue
    let sections = MixingSections(
      found: found, random: random, updates: updates, model: experiment.model.description,
      seed: seed, texts: rows.count)
    return [
      sections.section(
        .mixing, title: "How much comes from other tokens", unit: "mixing ratio",
        lead: "Of what a token is behind each attention, how much came from other tokens, by the "
          + "lengths of the summands (\(variant)): 0 when a token stays what it was, 1 when nothing "
          + "of it is left."),
      sections.section(
        .rollout, title: "How much comes from other tokens, from the first layer on",
        unit: "mixing ratio",
        lead: "The same ratios multiplied up to each layer, with the residual as it was measured "
          + "(rollout)."),
      sections.section(
        .share, title: "What attention and the MLP add", unit: "share of the stream",
        lead: "The share of the new stream that was added at each step: ⟨a, y⟩ / ‖y‖², with "
          + "y = r + a. Below 0 when what was added takes away from the stream, above 1 when "
          + "the two cancel."),
    ]
  }
}

/// Sections about one run of mixing.
private struct MixingSections {
  let found: StreamMixing
  let random: StreamMixing
  let updates: [Int]
  let model: ModelDescription
  let seed: UInt64
  let texts: Int

  func section(
    _ measure: StreamMeasure, title: String, unit: String, lead: String
  ) -> FigurePage.Section {
    let readings = updates.compactMap { update in
      found.reading(update, measure, seed: seed).map { (update: update, mean: $0) }
    }
    let hasInterval = texts > 1
    let columns: [(String, (Int, Estimate) -> Value)] = [
      ("at", { update, _ in .string(model.address(of: found.updates[update]).description) }),
      ("mean", { .number($1.value) }),
      ("low", { hasInterval ? .number($1.low) : .null }),
      ("high", { hasInterval ? .number($1.high) : .null }),
      ("random", { update, _ in .number(random.mean(update, measure)) }),
    ]
    let skipped = updates.reduce(0) { $0 + found.skipped($1, measure) }
    let table = Table(
      columns.map { name, value in
        Table.Column(name, readings.map { value($0.update, $0.mean) })
      },
      notes: [
        "\(Value.count(texts, "text")). Random: the same model with random weights. "
          + (hasInterval ? "Low and high: 95 % by bootstrap over texts." : "One text: no interval.")
          + (skipped > 0 ? " \(Value.count(skipped, "token")) without a value left out." : "")
      ])
    return FigurePage.Section(
      title: title, lead: lead,
      figures: [ReportFigure.curve(table, "mean", unit, xLabel: "at", null: "random")],
      table: table)
  }
}
