import Faults
import Transformers

/// Metrics that are read off one and the same run: their prompts are the same, row by row.
///
/// A text of several tokens is scored after the prompt, so that its rows are longer; such a metric is in
/// a group of its own.
struct MetricGroup: Sendable {
  /// The metrics, by their places among all of them.
  private(set) var places: [Int]
  /// The rows that run.
  let rows: [PromptRow]
  /// Whether one of the metrics compares with a run under no interventions at all.
  private(set) var needsUntouchedRun: Bool
  /// The plans, metric by metric and row by row.
  private var plans: [[MetricPlan]]

  /// The metrics in groups, in the order in which their first ones stand.
  ///
  /// - Throws: `Fault` when a metric does not fit a row.
  static func all(
    _ metrics: [Metric], rows: [PromptRow], model: Model
  ) throws(Fault) -> [MetricGroup] {
    var groups: [MetricGroup] = []
    for (place, metric) in metrics.enumerated() {
      let plans = try rows.map { row throws(Fault) in
        try MetricPlan(metric, row: row, model: model)
      }
      let own = plans.map(\.row)
      if let group = groups.firstIndex(where: { $0.rows == own }) {
        groups[group].places.append(place)
        groups[group].plans.append(plans)
        groups[group].needsUntouchedRun =
          groups[group].needsUntouchedRun || metric.needsUntouchedRun
      } else {
        groups.append(
          MetricGroup(
            places: [place], rows: own, needsUntouchedRun: metric.needsUntouchedRun,
            plans: [plans]))
      }
    }
    return groups
  }

  /// How many tokens the rows have.
  var tokenCount: Int { rows.reduce(0) { $0 + $1.count } }

  /// What has to be computed for all of the metrics.
  var output: OutputRequest {
    let positions = rows.indices.map { row in
      Set(plans.flatMap { $0[row].positions }).sorted()
    }
    return OutputRequest(positions: positions, columns: plans.flatMap { $0 }.output.columns)
  }

  /// The metrics, each averaged over the rows.
  ///
  /// - Parameter logits: Row by row, at the positions and columns of `output`.
  func means(_ logits: [[[Double]]], _ untouched: [[[Double]]]?, _ output: OutputRequest)
    -> [Double]
  {
    plans.map { plans in
      let values = plans.indices.map { row in
        plans[row].value(
          select(plans[row], logits[row], row, output),
          untouched: untouched.map { select(plans[row], $0[row], row, output) })
      }
      return values.reduce(0, +) / Double(max(values.count, 1))
    }
  }

  /// A plan's own positions and columns out of those that were computed.
  private func select(
    _ plan: MetricPlan, _ logits: [[Double]], _ row: Int, _ output: OutputRequest
  ) -> [[Double]] {
    let all = output.positions?[row] ?? []
    let own =
      all == plan.positions
      ? logits : plan.positions.map { position in logits[all.firstIndex(of: position) ?? 0] }
    return plan.select(own, from: output)
  }
}

extension Experiment {
  /// The logits that a group of metrics needs, row by row.
  func logits(for group: MetricGroup) throws(Fault) -> [[[Double]]] {
    let result = try run(group.rows, output: group.output)
    let all = result.logitRows
    return result.rows.map { Array(all[$0]) }
  }
}
