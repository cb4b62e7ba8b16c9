import Faults
import Tensors
import Transformers

/// The run that all variants of a sweep have in common: its streams between the layers, from which
/// each variant goes on.
struct SharedRun {
  let experiment: Experiment
  let plans: [MetricPlan]
  /// The logits without any variant, row by row.
  let logits: [[[Double]]]
  private let streams: SharedStreams

  var rows: [PromptRow] { plans.map(\.row) }
  var tokenCount: Int { plans.reduce(0) { $0 + $1.row.count } }
  private var layerCount: Int { experiment.model.description.blocks.count }

  init(_ experiment: Experiment, plans: [MetricPlan]) throws(Fault) {
    self.experiment = experiment
    self.plans = plans
    let description = experiment.model.description
    let result = try experiment.run(
      plans.map(\.row),
      captures: SharedStreams.captures(
        entering: 0...description.blocks.count, rows: plans.count, of: description),
      output: plans.output)
    let all = result.logitRows
    logits = zip(plans, result.rows).map { plan, range in
      plan.select(Array(all[range]), from: plans.output)
    }
    streams = SharedStreams(result, rows: plans.count, of: description)
  }

  /// The metric, averaged over the rows.
  func mean(_ logits: [[[Double]]], _ untouched: [[[Double]]]?) -> Double {
    let values = plans.indices.map { plans[$0].value(logits[$0], untouched: untouched?[$0]) }
    return values.reduce(0, +) / Double(max(values.count, 1))
  }

  /// The logits of each variant, row by row: all of them in one pass from `layer` on.
  func logits(of variants: [PreparedVariant], from layer: Int) throws(Fault) -> [[[[Double]]]] {
    let many = variants.flatMap { _ in plans }
    let rows = many.map(\.row)
    var planner = EditPlanner(
      model: experiment.model, runtime: experiment.runtime, rows: rows)
    var edits = try planner.edits(for: experiment.active)
    for (place, variant) in variants.enumerated() {
      edits += variant.edits.map { edit in
        var moved = edit
        moved.row = (edit.row ?? 0) + place * plans.count
        return moved
      }
    }
    let result = try streams.run(
      RunRequest(Batch(rows), edits: edits, output: many.output), from: min(layer, layerCount),
      times: variants.count, on: experiment.runtime)
    try check(variants, result)
    let all = result.logitRows
    let perRow = zip(many, result.rows).map { plan, range in
      plan.select(Array(all[range]), from: many.output)
    }
    return perRow.chunked(plans.count)
  }

  private func check(_ variants: [PreparedVariant], _ result: RunResult) throws(Fault) {
    for variant in variants {
      let ids = Set(variant.edits.map(\.id))
      guard ids.allSatisfy({ (result.firings[$0]?.times ?? 0) > 0 }) else {
        throw Fault("never-fired", "the variant \(variant.label) never fired")
      }
    }
  }
}
