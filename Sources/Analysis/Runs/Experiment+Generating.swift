import Faults
import Transformers

extension Experiment {
  /// Adds tokens to a prompt under the interventions.
  ///
  /// - Parameter onToken: Called with each new id as it is there.
  /// - Throws: `Fault` when something does not fit, and when an intervention never fired; what
  ///   `onToken` throws is passed on.
  public func generate(
    _ row: PromptRow, count: Int, sampling: Sampling, rules: LogitRules, seed: UInt64,
    isCached: Bool,
    onToken: (Int) throws(Fault) -> Void
  ) throws(Fault) -> GenerationResult {
    var planner = EditPlanner(model: model, runtime: runtime, rows: [row])
    let request = GenerationRequest(
      ids: row.ids, source: row.source?.map(\.id), count: count, sampling: sampling, seed: seed,
      edits: try planner.edits(for: active), rules: rules, isCached: isCached)
    let result = try runtime.generate(request, onToken: onToken)
    try checkFirings(result.firings, isDecoding: result.ids.count > 1)
    return result
  }
}
