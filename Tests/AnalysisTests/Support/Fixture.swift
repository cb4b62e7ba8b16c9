import Analysis
import Checkpoints
import Foundation
import Tensors
import TestSupport
import Testing
import Transformers

/// A tiny checkpoint with what Hugging Face transformers computes for it when hooks change its inner
/// values; `scripts/fixtures/interventions.py` wrote both.
struct Fixture: CustomTestStringConvertible, Sendable {
  static let names = ["gpt2", "llama", "bert"]
  static let prompt = [3, 14, 9, 2, 6, 5]
  static let source = [7, 1, 19, 8, 11, 20]
  static let second = [4, 4, 12, 17]
  static let longer = [5, 9, 21, 13, 2, 18, 10, 3]
  static let vocabularySize = 23

  let name: String
  let model: Model
  let expected: Checkpoint

  init(_ name: String) throws {
    let folder = SharedData.projectRoot
      .appendingPathComponent("Tests/Fixtures/Interventions/\(name)")
    self.name = name
    model = try Model(contentsOf: folder)
    expected = try Checkpoint(contentsOf: folder.appendingPathComponent("expected.safetensors"))
  }

  var testDescription: String { name }

  func experiment(_ precision: Precision, _ interventions: [Intervention] = []) throws -> Experiment
  {
    Experiment(
      model: model, runtime: try model.runtime(precision),
      active: interventions.enumerated().map { ActiveIntervention(id: $0 + 1, $1) })
  }

  /// A prompt of ids; BERT's second half is its second segment.
  func prompt(_ ids: [Int] = prompt) -> Prompt {
    let half = ids.count / 2
    let types = name == "bert" ? ids.indices.map { $0 < half ? 0 : 1 } : nil
    return Prompt(.ids(ids, types: types, vocabularySize: Self.vocabularySize))
  }

  func row(_ ids: [Int] = prompt) throws -> PromptRow { try prompt(ids).row(for: model) }

  /// What the reference gave under a name; nil where the model has no such case.
  func numbers(_ name: String) throws -> [Double]? {
    guard let stored = expected.stored(name) else { return nil }
    return try expected.tensor(name, as: Double.self, axes: stored.shape.map { _ in "any" })
      .elements
  }

  /// sin(start), sin(start + 1), …: the vectors of the fixtures.
  static func vector(_ count: Int, _ start: Double) -> [Double] {
    (0..<count).map { sin(start + Double($0)) }
  }
}

/// The largest absolute difference; infinite when the counts differ or something is not a number.
func distance(_ a: [Double], _ b: [Double]) -> Double {
  guard a.count == b.count else { return .infinity }
  return zip(a, b).reduce(0) { worst, pair in
    if pair.0 == pair.1 { return worst }
    let difference = abs(pair.0 - pair.1)
    return difference.isNaN ? .infinity : max(worst, difference)
  }
}

/// The largest absolute difference, relative to the largest number of the second list.
func relative(_ a: [Double], _ b: [Double]) -> Double {
  distance(a, b) / (b.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 })
}

/// How far two ways to the same numbers may lie apart.
func roundingLimit(_ precision: Precision) -> Double { precision == .single ? 1e-5 : 1e-11 }
