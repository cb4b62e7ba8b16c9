import Tensors
import Transformers

/// The run that all variants of a sweep have in common: its streams between the layers, from which
/// each variant goes on.
struct SharedRun {
  let experiment: Experiment
  let plans: [MetricPlan]
  /// The logits without any variant, row by row.
  let logits: [[[Double]]]
  /// The stream that enters each layer from the second on, row by row, [position, width].
  private let streams: [[AnyTensor]]
  /// What the encoder gave, row by row, in a model with two stacks.
  private let encoded: [AnyTensor]

  var rows: [PromptRow] { plans.map(\.row) }
  var tokenCount: Int { plans.reduce(0) { $0 + $1.row.count } }
  private var layerCount: Int { experiment.model.description.blocks.count }

  init(_ experiment: Experiment, plans: [MetricPlan]) throws(ModelError) {
    self.experiment = experiment
    self.plans = plans
    let layerCount = experiment.model.description.blocks.count
    let captures = plans.indices.map { row in
      (0..<layerCount).map { Capture(site: Site(.residPost, layer: $0), row: row) }
    }
    let sources = plans.indices.map { Capture(site: Site(.final, stack: .encoder), row: $0) }
    let hasSource = experiment.model.description.encoder != nil
    let result = try experiment.run(
      plans.map(\.row), captures: captures.flatMap { $0 } + (hasSource ? sources : []),
      output: plans.output)
    let all = result.logitRows
    logits = zip(plans, result.rows).map { plan, range in
      plan.select(Array(all[range]), from: plans.output)
    }
    streams = captures.map { row in row.compactMap { result.captured[$0] } }
    encoded = sources.compactMap { result.captured[$0] }
  }

  /// The metric, averaged over the rows.
  func mean(_ logits: [[[Double]]], _ untouched: [[[Double]]]?) -> Double {
    let values = plans.indices.map { plans[$0].value(logits[$0], untouched: untouched?[$0]) }
    return values.reduce(0, +) / Double(max(values.count, 1))
  }

  /// The logits of each variant, row by row: all of them in one pass from `layer` on.
  func logits(of variants: [PreparedVariant], from layer: Int) throws(ModelError) -> [[[[Double]]]]
  {
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
    var request = RunRequest(Batch(rows), edits: edits, output: many.output)
    if layer >= 0 { request.encoded = join(encoded, times: variants.count) }
    let result: RunResult
    if layer > 0, let stream = stream(entering: min(layer, layerCount), times: variants.count) {
      result = try experiment.runtime.resume(at: min(layer, layerCount), stream: stream, request)
    } else {
      result = try experiment.runtime.run(request)
    }
    try check(variants, result)
    let all = result.logitRows
    let perRow = zip(many, result.rows).map { plan, range in
      plan.select(Array(all[range]), from: many.output)
    }
    return perRow.chunked(plans.count)
  }

  private func check(_ variants: [PreparedVariant], _ result: RunResult) throws(ModelError) {
    for variant in variants {
      let ids = Set(variant.edits.map(\.id))
      guard ids.allSatisfy({ (result.firings[$0]?.times ?? 0) > 0 }) else {
        throw ModelError("never-fired", "the variant \(variant.label) never fired")
      }
    }
  }

  /// The stream that enters a layer, padded and repeated: [row, position, width].
  private func stream(entering layer: Int, times: Int) -> AnyTensor? {
    join(streams.map { $0[layer - 1] }, times: times)
  }

  /// Rows of different lengths as one tensor, padded and repeated; nil for none.
  private func join(_ parts: [AnyTensor], times: Int) -> AnyTensor? {
    let width = experiment.model.description.width
    let longest = parts.map { $0.shape[1] }.max() ?? 0
    switch parts.first {
    case .single:
      return .single(join(parts.map { $0.cast(to: Float.self) }, longest, width, times))
    case .double:
      return .double(join(parts.map { $0.cast(to: Double.self) }, longest, width, times))
    case nil: return nil
    }
  }

  private func join<Element: Scalar>(
    _ parts: [Tensor<Element>], _ longest: Int, _ width: Int, _ times: Int
  ) -> Tensor<Element> {
    var elements: [Element] = []
    elements.reserveCapacity(times * parts.count * longest * width)
    for _ in 0..<times {
      for part in parts {
        elements += part.elements
        elements += Array(repeating: 0, count: longest * width - part.count)
      }
    }
    return Tensor([.row, .position, .width], [times * parts.count, longest, width], elements)
  }
}
