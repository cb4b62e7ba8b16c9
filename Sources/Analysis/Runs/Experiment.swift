import Faults
import Tensors
import Transformers

/// A model together with the interventions that are in force: what every analysis runs on.
public struct Experiment: Sendable {
  /// The model.
  public var model: Model
  /// The model with its numbers.
  public var runtime: any Runtime
  /// What is in force, in the order in which it acts.
  public var active: [ActiveIntervention]

  /// An experiment from its parts.
  public init(model: Model, runtime: any Runtime, active: [ActiveIntervention] = []) {
    self.model = model
    self.runtime = runtime
    self.active = active
  }

  /// The same model, untouched.
  public var untouched: Experiment { Experiment(model: model, runtime: runtime) }

  /// Runs rows under the interventions.
  ///
  /// - Throws: `Fault` when something does not fit, and when an intervention never fired.
  public func run(
    _ rows: [PromptRow], captures: [Capture] = [], output: OutputRequest? = nil
  ) throws(Fault) -> RunResult {
    try run(rows, edits: try edits(for: rows), captures: captures, output: output)
  }

  /// The edits that the interventions become for these rows.
  func edits(for rows: [PromptRow]) throws(Fault) -> [Edit] {
    var planner = EditPlanner(model: model, runtime: runtime, rows: rows)
    return try planner.edits(for: active)
  }

  /// Runs rows under edits that were made from the interventions before.
  func run(
    _ rows: [PromptRow], edits: [Edit], captures: [Capture] = [], output: OutputRequest? = nil
  ) throws(Fault) -> RunResult {
    let result = try runtime.run(
      RunRequest(Batch(rows), edits: edits, captures: captures, output: output))
    if output != nil { try checkFirings(result.firings) }
    return result
  }

  /// An intervention that did nothing is an error, not a plausible number.
  func checkFirings(_ firings: [Int: Firing], isDecoding: Bool = false) throws(Fault) {
    for item in active where isDecoding || item.intervention.phase != .decode {
      guard let firing = firings[item.id], firing.times > 0 else {
        throw Fault(
          "never-fired",
          "intervention \(item.id) (\(item.intervention.summary)) never fired in this run",
          help: "take it back with   restore \(item.id)")
      }
    }
  }

  /// The logits of one position of each row, [row][vocabulary].
  public func logits(_ rows: [PromptRow], at position: PositionSelector = .indices([-1]))
    throws(Fault) -> [[Double]]
  {
    let positions = try rows.map { row throws(Fault) in [try row.resolveOne(position)] }
    let result = try run(rows, output: OutputRequest(positions: positions))
    return result.logitRows
  }
}

extension RunResult {
  /// The requested logits, one list for each requested position.
  public var logitRows: [[Double]] {
    guard let logits, let width = logits.shape.last, width > 0 else { return [] }
    let all = logits.doubles
    return stride(from: 0, to: all.count, by: width).map { Array(all[$0..<$0 + width]) }
  }
}
