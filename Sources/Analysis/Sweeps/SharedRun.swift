import Faults
import Tensors
import Transformers

/// The run that all variants of a sweep have in common: its streams between the layers, from which
/// each variant goes on.
struct SharedRun {
  let experiment: Experiment
  let group: MetricGroup
  /// What is computed of each row.
  let output: OutputRequest
  /// The logits without any variant, row by row.
  let logits: [[[Double]]]
  private let streams: SharedStreams

  var rows: [PromptRow] { group.rows }
  private var layerCount: Int { experiment.model.description.blocks.count }

  init(_ experiment: Experiment, _ group: MetricGroup) throws(Fault) {
    self.experiment = experiment
    self.group = group
    output = group.output
    let description = experiment.model.description
    let result = try experiment.run(
      group.rows,
      captures: SharedStreams.captures(
        entering: 0...description.blocks.count, rows: group.rows.count, of: description),
      output: output)
    let all = result.logitRows
    logits = result.rows.map { Array(all[$0]) }
    streams = SharedStreams(result, rows: group.rows.count, of: description)
  }

  /// The metrics, each averaged over the rows.
  func means(_ logits: [[[Double]]], _ untouched: [[[Double]]]?) -> [Double] {
    group.means(logits, untouched, output)
  }

  /// The logits of each variant, row by row: all of them in one pass from `layer` on.
  func logits(of variants: [PreparedVariant], from layer: Int) throws(Fault) -> [[[[Double]]]] {
    let rows = variants.flatMap { _ in group.rows }
    let positions = variants.flatMap { _ in output.positions ?? [] }
    var planner = EditPlanner(
      model: experiment.model, runtime: experiment.runtime, rows: rows)
    var edits = try planner.edits(for: experiment.active)
    for (place, variant) in variants.enumerated() {
      edits += variant.edits.map { edit in
        var moved = edit
        moved.row = (edit.row ?? 0) + place * group.rows.count
        return moved
      }
    }
    let result = try streams.run(
      RunRequest(
        Batch(rows), edits: edits,
        output: OutputRequest(positions: positions, columns: output.columns)),
      from: min(layer, layerCount),
      times: variants.count, on: experiment.runtime)
    try check(variants, result)
    let all = result.logitRows
    return result.rows.map { Array(all[$0]) }.chunked(group.rows.count)
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
