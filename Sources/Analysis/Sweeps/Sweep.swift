import Faults
import Tensors
import Transformers

/// Many runs that differ in one intervention each, with metrics read off every one.
public struct Sweep: Sendable {
  /// One run of a sweep: what is put in force besides what already is.
  public struct Variant: Sendable {
    /// What it is about, as a label: an address, usually.
    public var label: String
    /// What is put in force.
    public var interventions: [Intervention]

    /// A variant from its parts.
    public init(label: String, interventions: [Intervention]) {
      self.label = label
      self.interventions = interventions
    }
  }

  /// What a sweep gave.
  public struct Result: Sendable {
    /// The metric without any of the variants, averaged over the rows.
    public var baseline: Double
    /// The metric of each variant, averaged over the rows.
    public var values: [Double]
    /// The metric of each variant less what it is without.
    public var changes: [Double] { values.map { $0 - baseline } }
  }

  /// The experiment whose interventions stay in force throughout.
  public var experiment: Experiment
  /// The prompts.
  public var rows: [PromptRow]
  /// The runs.
  public var variants: [Variant]
  /// What is read off each.
  public var metrics: [Metric]
  /// How many tokens one pass holds at most; variants are batched up to it.
  public var batchTokens: Int

  /// A sweep from its parts.
  public init(
    _ experiment: Experiment, rows: [PromptRow], variants: [Variant], metrics: [Metric],
    batchTokens: Int = 512
  ) {
    self.experiment = experiment
    self.rows = rows
    self.variants = variants
    self.metrics = metrics
    self.batchTokens = batchTokens
  }

  /// Runs the sweep.
  ///
  /// Layers that lie before a variant's first change are run once and shared, and
  /// variants that start at the same layer go through it as one batch. All metrics are read off the
  /// same runs; only texts of several tokens, which are scored after the prompt, take runs of their own.
  ///
  /// - Parameter progress: Called with how many variants are done, and of how many: there are as many
  ///   times the variants as there are runs.
  /// - Returns: A result for each metric.
  /// - Throws: `Fault` when something does not fit, a variant never fired, or the user stopped.
  public func run(progress: (Int, Int) throws(Fault) -> Void) throws(Fault) -> [Result] {
    let groups = try MetricGroup.all(metrics, rows: rows, model: experiment.model)
    let none = Result(
      baseline: .nan, values: Array(repeating: Double.nan, count: variants.count))
    var results = metrics.map { _ in none }
    var done = 0
    for group in groups {
      let untouched =
        group.needsUntouchedRun ? try experiment.untouched.logits(for: group) : nil
      let shared = try SharedRun(experiment, group)
      for (place, mean) in zip(group.places, shared.means(shared.logits, untouched)) {
        results[place].baseline = mean
      }
      for (layer, members) in try grouped(shared.rows) {
        for part in members.chunked(max(1, batchTokens / max(group.tokenCount, 1))) {
          let logits = try shared.logits(of: part, from: layer)
          for (member, logits) in zip(part, logits) {
            for (place, mean) in zip(group.places, shared.means(logits, untouched)) {
              results[place].values[member.index] = mean
            }
          }
          done += part.count
          try progress(done, variants.count * groups.count)
        }
      }
    }
    return results
  }

  /// The variants, prepared, by the first layer that each of them changes.
  func grouped(_ rows: [PromptRow]) throws(Fault) -> [(Int, [PreparedVariant])] {
    var planner = EditPlanner(model: experiment.model, runtime: experiment.runtime, rows: rows)
    var groups: [Int: [PreparedVariant]] = [:]
    var nextID = (experiment.active.map(\.id).max() ?? 0) + 1
    for (index, variant) in variants.enumerated() {
      let active = variant.interventions.enumerated().map {
        ActiveIntervention(id: nextID + $0, $1)
      }
      nextID += active.count
      let edits = try planner.edits(for: active)
      guard !edits.isEmpty else {
        throw Fault("never-fired", "the variant \(variant.label) changes nothing")
      }
      let prepared = PreparedVariant(index: index, label: variant.label, edits: edits)
      groups[prepared.firstLayer, default: []].append(prepared)
    }
    return groups.sorted { $0.key < $1.key }
  }
}

/// A variant with its edits.
struct PreparedVariant {
  var index: Int
  var label: String
  var edits: [Edit]

  /// The first layer that it changes; -1 when it changes what enters the first block.
  var firstLayer: Int {
    edits.map { edit in
      if edit.site.stack == .encoder { return -1 }
      return switch edit.site.kind {
      case .embed, .pos: -1
      case .finalStatistics, .final, .logits: Int.max
      default: edit.site.layer
      }
    }.min() ?? -1
  }
}

extension Array {
  /// The elements in runs of at most `size`.
  func chunked(_ size: Int) -> [[Element]] {
    stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
  }
}
