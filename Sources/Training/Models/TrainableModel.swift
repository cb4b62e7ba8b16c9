import Checkpoints
import Faults
import Foundation
import Tensors
import Tokenizers
import Transformers

/// A model that has a shape but has learnt nothing yet.
struct TrainableModel: Sendable {
  /// The `config.json`.
  let configuration: Data
  /// The model, whose own numbers nobody reads.
  let model: Model
  /// The numbers that training starts from.
  let start: ParameterStore

  /// - Throws: `Fault` when the shape is impossible.
  init(_ configuration: ModelConfiguration, name: String, seed: UInt64) throws(Fault) {
    self.configuration = configuration.data
    let parsed: Configuration
    do {
      parsed = try Configuration(parsing: String(decoding: configuration.data, as: UTF8.self))
    } catch {
      throw Fault(error)
    }
    let family = try Families.family(of: parsed)
    // No tensor is there yet, so a family takes its usual names.
    let names = TensorNames(prefix: family.prefixes.first ?? "") { _ in false }
    let description = try family.describe(parsed, names)
    let weightNames = family.names(description, names)
    start = InitialWeights(
      description, residual: weightNames.streamWriters, seed: seed
    ).store(for: weightNames.required(by: description))
    model = try Model(
      name: name, family: family, configuration: parsed, source: start, checkpoint: nil,
      tokenizer: nil)
  }
}
