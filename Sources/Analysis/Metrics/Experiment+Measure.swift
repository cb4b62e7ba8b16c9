import Faults
import Transformers

extension Experiment {
  /// The value of a metric on each row.
  ///
  /// - Throws: `Fault` when the metric or an intervention does not fit the rows.
  public func measure(_ metric: Metric, on rows: [PromptRow]) throws(Fault) -> [Double] {
    let plans = try rows.map { row throws(Fault) in
      try MetricPlan(metric, row: row, model: model)
    }
    let touched = try logits(for: plans)
    let untouched =
      metric.needsUntouchedRun && !active.isEmpty ? try self.untouched.logits(for: plans) : touched
    return plans.indices.map { plans[$0].value(touched[$0], untouched: untouched[$0]) }
  }

  /// The logits that each plan needs, plan by plan.
  func logits(for plans: [MetricPlan]) throws(Fault) -> [[[Double]]] {
    let result = try run(plans.map(\.row), output: plans.output)
    let all = result.logitRows
    return zip(plans, result.rows).map { plan, range in
      plan.select(Array(all[range]), from: plans.output)
    }
  }
}

extension [MetricPlan] {
  /// What has to be computed for all of the plans together.
  var output: OutputRequest {
    let columns = reduce(into: [Int]?.some([])) { union, plan in
      guard let own = plan.columns else { return union = nil }
      union = union.map { $0 + own.filter { !(union ?? []).contains($0) } }
    }
    return OutputRequest(positions: map(\.positions), columns: columns)
  }
}

extension MetricPlan {
  /// The plan's own columns, in its own order, out of those that were computed for all plans.
  func select(_ logits: [[Double]], from output: OutputRequest) -> [[Double]] {
    guard let columns else { return logits }
    let places = columns.map { column in output.columns?.firstIndex(of: column) ?? column }
    return logits.map { row in places.map { row[$0] } }
  }
}
