import Checkpoints
import Faults
import Foundation
import Tensors

/// Runs a family's reading of its configuration and tells failures as failures of the model.
func reading<Result>(
  _ configuration: Configuration, _ body: (Configuration) throws(CheckpointError) -> Result
) throws(Fault) -> Result {
  do {
    return try body(configuration)
  } catch {
    throw Fault(error)
  }
}

extension Configuration {
  /// A size that cannot be zero, and not so large that products of two overflow.
  func size(_ key: String) throws(CheckpointError) -> Int {
    try int(key, in: 1...1 << 27)
  }

  /// A size, or another where it is missing.
  func size(_ key: String, default standard: Int) throws(CheckpointError) -> Int {
    try int(key, default: standard, in: 1...1 << 27)
  }

  /// A height and a width: one number for both, or two.
  func sizes(_ key: String, default standard: Int) throws(CheckpointError) -> [Int] {
    if let both = try? integers(key, default: [], in: 1...1 << 27), both.count == 2 { return both }
    let one = try size(key, default: standard)
    return [one, one]
  }

  /// How many layers there are.
  func layerCount(_ key: String) throws(CheckpointError) -> Int {
    try int(key, in: 1...10_000)
  }

  /// The share of `total` for each of `count`, which must divide it.
  func share(_ total: Int, among count: Int, _ key: String) throws(CheckpointError) -> Int {
    guard count > 0, total % count == 0 else {
      throw invalid(key, expected: "a number that divides \(total)", found: "\(count)")
    }
    return total / count
  }

  /// An activation by the name that configurations use for it.
  func activation(_ key: String, default standard: String) throws(CheckpointError) -> Activation {
    let name = try string(key, default: standard)
    guard let activation = Self.activations[name] else {
      throw invalid(
        key, expected: "one of " + Self.activations.keys.sorted().joined(separator: ", "),
        found: "\"\(name)\"")
    }
    return activation
  }

  private static let activations: [String: Activation] = [
    "gelu": .gelu, "gelu_python": .gelu, "gelu_new": .geluTanh, "gelu_pytorch_tanh": .geluTanh,
    "gelu_fast": .geluTanh, "quick_gelu": .quickGelu, "silu": .silu, "swish": .silu,
    "relu": .relu, "relu2": .reluSquared, "tanh": .tanh, "linear": .identity,
  ]

  /// Refuses a setting that has no meaning here other than `value`.
  func require(_ key: String, _ value: String) throws(CheckpointError) {
    let found = try string(key, default: value)
    guard found == value else {
      throw invalid(key, expected: "\"\(value)\"", found: "\"\(found)\"")
    }
  }

  /// Whether the checkpoint says of itself that it has no head for language modelling.
  func isBareBody() throws(CheckpointError) -> Bool {
    let heads = ["ForCausalLM", "LMHeadModel", "ForMaskedLM", "ForPreTraining"]
    return try !strings("architectures", default: []).contains { name in
      heads.contains { name.hasSuffix($0) }
    }
  }

  /// Ids behind which generation stops: one, several or none.
  func endTokens() throws(Fault) -> Set<Int> {
    do {
      if let one = try? optionalInt("eos_token_id") { return [one] }
      return Set(try integers("eos_token_id", default: []))
    } catch {
      throw Fault(error)
    }
  }

  /// The rotation that `rope_theta`, `rope_scaling` and `rope_parameters` describe.
  ///
  /// - Throws: `CheckpointError` for a kind of scaling that is not known.
  func rotary(width: Int, context: Int) throws(CheckpointError) -> RotaryDescription {
    let newer = try nested("rope_parameters")
    let older = try nested("rope_scaling")
    let parameters = newer ?? older ?? .empty
    let base = try parameters.double("rope_theta", default: double("rope_theta", default: 10_000))
    let type = try parameters.string(
      "rope_type", default: parameters.string("type", default: "default"))
    let share = try parameters.double(
      "partial_rotary_factor", default: double("partial_rotary_factor", default: 1))
    let rotated = Int(Double(width) * share)
    let plain = (0..<rotated / 2).map { 1 / pow(base, Double(2 * $0) / Double(rotated)) }
    let scaled: [Double]
    switch type {
    case "default", "dynamic": scaled = plain  // dynamic scaling starts beyond the trained context
    case "linear":
      let factor = try parameters.double("factor")
      scaled = plain.map { $0 / factor }
    case "llama3": scaled = try parameters.llama3(plain, context: context)
    default:
      throw invalid(
        "rope_type", expected: "default, linear, dynamic or llama3", found: "\"\(type)\"")
    }
    return RotaryDescription(width: rotated, inverseFrequencies: scaled)
  }

  /// Llama 3's scaling: slow rotations are stretched, fast ones kept, those between blended.
  private func llama3(_ plain: [Double], context: Int) throws(CheckpointError) -> [Double] {
    let factor = try double("factor")
    let low = try double("low_freq_factor")
    let high = try double("high_freq_factor")
    let original = Double(try int("original_max_position_embeddings", default: context))
    return plain.map { frequency in
      let wavelength = 2 * Double.pi / frequency
      if wavelength < original / high { return frequency }
      if wavelength > original / low { return frequency / factor }
      let blend = (original / wavelength - low) / (high - low)
      return (1 - blend) * frequency / factor + blend * frequency
    }
  }
}

extension Configuration {
  /// What `generation_config.json` in a folder says; nothing where there is none.
  static func generation(in folder: URL) throws(Fault) -> [Configuration] {
    let url = folder.appendingPathComponent("generation_config.json")
    guard FileManager.default.fileExists(atPath: url.path) else { return [] }
    do {
      return [try Configuration(contentsOf: url)]
    } catch {
      throw Fault(error)
    }
  }
}

extension [Configuration] {
  /// A token id that a model with two stacks may name, from the first file that has it; nil for other
  /// models, and where there is none.
  func tokenID(_ key: String, in model: ModelDescription) throws(Fault) -> Int? {
    guard model.encoder != nil, let holder = first(where: { $0.has(key) }) else { return nil }
    do {
      return try holder.optionalInt(key, in: 0...model.vocabularySize - 1)
    } catch {
      throw Fault(error)
    }
  }
}
