import Analysis
import Transformers

/// The last run, as far as `receipts` needs it.
struct LastRun: Sendable {
  /// The model, and what was in force.
  let experiment: Experiment
  /// What ran.
  let rows: [PromptRow]
  /// What each intervention did, or nil where the run did not count it: it is run again then.
  let firings: [Int: Firing]?
}

extension Workbench {
  /// Remembers a run for `receipts`.
  func record(_ experiment: Experiment, _ rows: [PromptRow], firings: [Int: Firing]? = nil) {
    change { $0.lastRun = LastRun(experiment: experiment, rows: rows, firings: firings) }
  }

  /// The last run, if there was one.
  var lastRun: LastRun? { read { $0.lastRun } }
}
