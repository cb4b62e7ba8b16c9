import Faults
import Tensors
import Transformers

/// The gradients of a metric.
public struct MetricGradients: Sendable {
  /// The metric of each row.
  public var values: [Double]
  /// The gradient at each site, whole: [row, …], each row that of its own metric.
  public var sites: [Site: AnyTensor]
  /// The gradient for each stored tensor, of the sum of the metric over all rows.
  public var parameters: [String: AnyTensor]
  /// What each intervention did.
  public var firings: [Int: Firing]

  /// The part of a site's gradient that `capture` would give for the value: a first axis of one row,
  /// then the components and positions that it names, and the first `keyCount` keys of
  /// a pairwise value.
  ///
  /// - Throws: `Fault` when the run does not come to the site.
  public func gradient(at capture: Capture, keyCount: Int) throws(Fault) -> AnyTensor {
    guard let whole = sites[capture.site] else {
      throw Fault("not-captured", "the run did not reach \(capture.site.kind)")
    }
    let kind = capture.site.kind
    var selections: [[Int]?] = whole.shape.map { _ in nil }
    selections[0] = [capture.row]
    selections[kind.positionAxis] = capture.positions
    if let axis = kind.componentAxis { selections[axis] = capture.components }
    if kind.isPairwise { selections[3] = Array(0..<min(keyCount, whole.shape[3])) }
    do {
      return try whole.read(Region(selections))
    } catch {
      throw Fault("tensor", "\(error)")
    }
  }
}

extension Experiment {
  /// Differentiates a metric by inner values and by stored tensors, under the interventions.
  ///
  /// Rows do not act on each other, so a site's gradient holds that of each row's own metric; a
  /// stored tensor serves all rows, and its gradient is the sum over them. The gradient at a site is
  /// of the value as it is used downstream, behind the interventions on it.
  ///
  /// - Throws: `Fault` when the metric has no gradient, or it or an intervention does not fit
  ///   the rows.
  public func gradients(
    of metric: Metric, on rows: [PromptRow], at sites: Set<Site> = [],
    parameters: ParameterSelection = .none
  ) throws(Fault) -> MetricGradients {
    let plans = try rows.map { row throws(Fault) in
      try MetricPlan(metric, row: row, model: model)
    }
    return try gradients(
      plans, at: sites, parameters: parameters, needsUntouchedRun: metric.needsUntouchedRun)
  }

  /// The same for metrics that differ from row to row.
  func gradients(
    _ plans: [MetricPlan], at sites: Set<Site>, parameters: ParameterSelection = .none,
    needsUntouchedRun: Bool = false
  ) throws(Fault) -> MetricGradients {
    let output = plans.output
    let scored = plans.map(\.row)
    let untouched: [[[Double]]]? =
      needsUntouchedRun && !active.isEmpty ? try self.untouched.logits(for: plans) : nil
    var values: [Double] = []
    let request = GradientRequest(
      Batch(scored), edits: try edits(for: scored), output: output, sites: sites,
      parameters: parameters)
    let found = try runtime.differentiate(request) { logits, ranges throws(Fault) in
      let width = logits.shape[1]
      let all = logits.doubles
      var cotangent = Array(repeating: 0.0, count: all.count)
      for (index, (plan, range)) in zip(plans, ranges).enumerated() {
        let own = plan.select(
          range.map { Array(all[$0 * width..<($0 + 1) * width]) }, from: output)
        let before = untouched?[index] ?? own
        values.append(plan.value(own, untouched: before))
        for (place, gradient) in zip(range, try plan.gradient(own, untouched: before)) {
          plan.spread(
            gradient, into: &cotangent[place * width..<(place + 1) * width], of: output)
        }
      }
      return .double(Tensor(logits.axes, logits.shape, cotangent))
    }
    try checkFirings(found.firings)
    return MetricGradients(
      values: values, sites: found.sites, parameters: found.parameters, firings: found.firings)
  }
}
