import Faults
import Tensors
import Transformers

/// Tests of a model against itself, and against reference outputs where there are any.
public struct ModelCheck: Sendable {
  let model: Model
  let precision: Precision
  let runtime: any Runtime
  /// Two rows of different lengths.
  let batch: Batch
  private let reference: ReferenceOutputs?

  /// A check of a model in a precision.
  ///
  /// - Throws: `Fault` when the numbers of the model cannot be read.
  public init(_ model: Model, _ precision: Precision, reference: ReferenceOutputs? = nil)
    throws(Fault)
  {
    self.model = model
    self.precision = precision
    self.reference = reference
    runtime = try model.runtime(precision)
    batch = reference.map(\.batch) ?? Self.batch(for: model.description)
  }

  /// Two rows of ids from all over the vocabulary, the same for every run.
  private static func batch(for model: ModelDescription) -> Batch {
    let longest = min(model.contextLength ?? 12, 12)
    var generator = SeededGenerator(seed: 1)
    if let shape = model.embedding.patches?.imageShape {
      return Batch(
        images: (0..<2).map { _ in
          Tensor(
            ["channel", "height", "width"], shape,
            (0..<shape.reduce(1, *)).map { _ in Float(generator.normal()) })
        })
    }
    let rows = [longest, max(1, longest * 7 / 12)].map { count in
      (0..<count).map { _ in Int.random(in: 0..<model.vocabularySize, using: &generator) }
    }
    guard model.encoder != nil else { return Batch(ids: rows) }
    return Batch(source: rows, ids: rows.map { Array($0.reversed().dropLast($0.count / 3)) })
  }

  /// Runs every check that makes sense for the model.
  ///
  /// - Parameter progress: Called with how many checks of how many are done.
  /// - Throws: `Fault` when the model cannot run at all, or the user stopped it.
  public func run(progress: (Int, Int) -> Void) throws(Fault) -> [CheckResult] {
    var results: [CheckResult] = []
    let checks = Check.allCases.filter(applies)
    for (index, check) in checks.enumerated() {
      results += try run(check)
      progress(index + 1, checks.count)
    }
    return results
  }

  private enum Check: CaseIterable {
    case used, reference, finite, rowAlone, cached, resumed, noOperation, lens, attentionSums
    case otherPrecision
  }

  private func applies(_ check: Check) -> Bool {
    let hasLogits = model.description.output != nil
    return switch check {
    case .used: model.checkpoint != nil
    case .reference: reference != nil
    case .cached: model.description.canGenerate
    case .lens: hasLogits && model.description.classification == nil
    default: true
    }
  }

  private func run(_ check: Check) throws(Fault) -> [CheckResult] {
    switch check {
    case .used: [used()]
    case .reference: if let reference { try compare(with: reference) } else { [] }
    case .finite: [try finite()]
    case .rowAlone: [try rowAlone()]
    case .cached: [try cached()]
    case .resumed: [try resumed()]
    case .noOperation: [try noOperation()]
    case .lens: [try lens()]
    case .attentionSums: [try attentionSums()]
    case .otherPrecision: [try otherPrecision()]
    }
  }

  /// How far two ways to the same number may lie apart.
  var limit: Double { precision == .single ? 1e-5 : 1e-11 }

  /// What a run is judged by: the logits, or the last stream of a bare body; row by row.
  func outcome(
    _ batch: Batch, edits: [Edit] = [], on runtime: (any Runtime)? = nil
  ) throws(Fault) -> [[Double]] {
    let captures = batch.ids.indices.map { Capture(site: Site(.final), row: $0) }
    let hasLogits = model.description.output != nil
    let result = try (runtime ?? self.runtime).run(
      RunRequest(
        batch, edits: edits, captures: hasLogits ? [] : captures, output: hasLogits ? .all : nil))
    return judged(result, captures)
  }

  func judged(_ result: RunResult, _ captures: [Capture]) -> [[Double]] {
    if result.logits == nil { return captures.map { result.captured[$0]?.doubles ?? [] } }
    let rows = result.logitRows
    return result.rows.map { rows[$0].flatMap { $0 } }
  }
}
