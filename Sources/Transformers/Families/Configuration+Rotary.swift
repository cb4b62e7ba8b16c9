import Checkpoints
import Foundation
import Tensors

extension Configuration {
  /// The rotation of a model like Llama, as the transformers library reads it.
  ///
  /// A `rope_scaling` that is not empty takes the place of `rope_parameters`. What neither of them
  /// says stands at the top, and else has a default.
  ///
  /// - Throws: `CheckpointError` for a kind of scaling that is not known, and for numbers that give no
  ///   rotation.
  func rotary(width: Int, context: Int) throws(CheckpointError) -> RotaryDescription {
    let older = try nested("rope_scaling")
    let newer = try nested("rope_parameters")
    let own = older.flatMap { $0.keys.isEmpty ? nil : $0 } ?? newer ?? .empty
    return try RotarySettings(own: own, top: self, width: width, context: context).description()
  }
}

/// The keys of a rotation, and what each kind of it makes of them.
private struct RotarySettings {
  /// The object that describes the rotation.
  let own: Configuration
  /// The configuration as a whole.
  let top: Configuration
  let width: Int
  let context: Int
  let base: Double

  private static let kinds = [
    "default", "linear", "dynamic", "yarn", "longrope", "llama3", "proportional",
  ]

  init(own: Configuration, top: Configuration, width: Int, context: Int) throws(CheckpointError) {
    self.own = own
    self.top = top
    self.width = width
    self.context = context
    let holder = own.has("rope_theta") ? own : top
    base = try holder.double("rope_theta", default: 10_000)
    guard base > 0 else {
      throw holder.invalid("rope_theta", expected: "a number above 0", found: "\(base)")
    }
    guard width % 2 == 0 else {
      throw top.invalid(
        "head_dim", expected: "even: a rotation turns pairs of coordinates", found: "\(width)")
    }
  }

  func description() throws(CheckpointError) -> RotaryDescription {
    let kind = try own.string("rope_type", default: own.string("type", default: "default"))
    try checkShare(kind)
    switch kind {
    case "default": return rotation(plain)
    case "linear":
      let factor = try factor()
      return rotation(plain.map { $0 / factor })
    case "dynamic":
      guard width > 2 else {
        throw top.invalid(
          "head_dim", expected: "more than 2 coordinates for dynamic scaling", found: "\(width)")
      }
      var description = rotation(plain)
      description.growth = .dynamic(base: base, factor: try factor(), trained: context)
      return description
    case "yarn": return try yarn()
    case "longrope": return try long()
    case "llama3": return rotation(try llama3())
    case "proportional": return try proportional()
    default:
      throw own.unsupported(
        own.firstPresent("rope_type", "type"), known: Self.kinds.joined(separator: ", "),
        found: "\"\(kind)\"")
    }
  }

  /// Llama turns whole heads: a share of them is ignored by the default kind, part of the proportional
  /// one, and stops every other kind from running.
  private func checkShare(_ kind: String) throws(CheckpointError) {
    let share = try share()
    guard !["default", "proportional"].contains(kind), Self.kinds.contains(kind),
      (Double(width) * share).rounded(.towardZero) != Double(width)
    else { return }
    throw own.unsupported(
      "partial_rotary_factor", known: "a share of 1 in this family", found: "\(share)")
  }

  private func share() throws(CheckpointError) -> Double {
    try own.double(
      "partial_rotary_factor", default: top.double("partial_rotary_factor", default: 1))
  }

  private func rotation(_ frequencies: [Double], scale: Double = 1) -> RotaryDescription {
    RotaryDescription(width: width, inverseFrequencies: frequencies, attentionScale: scale)
  }

  private var plain: [Double] { RotaryDescription.frequencies(base: base, width: width) }

  private func factor() throws(CheckpointError) -> Double {
    let factor = try own.double("factor")
    guard factor > 0 else {
      throw own.invalid("factor", expected: "a number above 0", found: "\(factor)")
    }
    return factor
  }

  /// The length that the model was trained on first; at the top it has the last word.
  private func original() throws(CheckpointError) -> Double {
    let key = "original_max_position_embeddings"
    let holder = top.has(key) ? top : own
    return Double(try holder.int(key, default: context, in: 1...Int(Int32.max)))
  }

  /// By how much the context was stretched.
  private func stretch(_ original: Double) throws(CheckpointError) -> Double {
    own.has("factor") ? try factor() : Double(context) / original
  }

  /// Llama 3: slow rotations are stretched, fast ones kept, those between blended.
  private func llama3() throws(CheckpointError) -> [Double] {
    let factor = try factor()
    let low = try own.double("low_freq_factor")
    let high = try own.double("high_freq_factor")
    let original = try original()
    return plain.map { frequency in
      let wavelength = 2 * Double.pi / frequency
      if wavelength > original / low { return frequency / factor }
      if wavelength < original / high { return frequency }
      let blend = (original / wavelength - low) / (high - low)
      return (1 - blend) * frequency / factor + blend * frequency
    }
  }

  /// YaRN (Peng et al., 2023): a ramp from kept to stretched frequencies, and a scale of the scores.
  private func yarn() throws(CheckpointError) -> RotaryDescription {
    let original = try original()
    let factor = try stretch(original)
    guard base != 1 else {
      throw own.invalid("rope_theta", expected: "another number than 1 for YaRN", found: "1")
    }
    let pairs = width / 2
    func turns(_ key: String, _ standard: Double) throws(CheckpointError) -> Double {
      let found = try own.double(key, default: 0)
      let rotations = found == 0 ? standard : found
      guard rotations > 0 else {
        throw own.invalid(key, expected: "a number above 0", found: "\(found)")
      }
      // The pair whose coordinates turn so many times within the trained length.
      return Double(width) * log(original / (rotations * 2 * .pi)) / (2 * log(base))
    }
    var (low, high) = (try turns("beta_fast", 32), try turns("beta_slow", 1))
    if try own.bool("truncate", default: true) {
      (low, high) = (low.rounded(.down), high.rounded(.up))
    }
    low = max(low, 0)
    high = min(high, Double(width - 1))
    if low == high { high += 0.001 }
    let frequencies = (0..<pairs).map { pair in
      let ramp = min(max((Double(pair) - low) / (high - low), 0), 1)
      return plain[pair] / factor * ramp + plain[pair] * (1 - ramp)
    }
    return rotation(frequencies, scale: try yarnScale(factor))
  }

  private func yarnScale(_ factor: Double) throws(CheckpointError) -> Double {
    if let given = try own.optionalDouble("attention_factor") { return given }
    func scale(_ weight: Double) -> Double { factor <= 1 ? 1 : 0.1 * weight * log(factor) + 1 }
    let one = try own.double("mscale", default: 0)
    let all = try own.double("mscale_all_dim", default: 0)
    return one != 0 && all != 0 ? scale(one) / scale(all) : scale(1)
  }

  /// LongRoPE (Ding et al., 2024): each pair has a factor of its own, another one in rows that are
  /// longer than the first training.
  private func long() throws(CheckpointError) -> RotaryDescription {
    let original = try original()
    let factor = try stretch(original)
    let scale: Double
    if let given = try own.optionalDouble("attention_factor") {
      scale = given
    } else {
      guard factor <= 1 || original > 1 else {
        throw own.invalid(
          "original_max_position_embeddings", expected: "more than 1", found: "\(original)")
      }
      scale = factor <= 1 ? 1 : (1 + log(factor) / log(original)).squareRoot()
    }
    var description = rotation(try divided("short_factor"), scale: scale)
    description.growth = .longer(
      than: Int(original), inverseFrequencies: try divided("long_factor"))
    return description
  }

  /// The plain frequencies over the factors under a key; one factor alone stands for all.
  private func divided(_ key: String) throws(CheckpointError) -> [Double] {
    let factors = try own.doubles(key, default: [])
    guard factors.count == plain.count || factors.count == 1, factors.allSatisfy({ $0 != 0 }) else {
      throw own.invalid(
        key, expected: "\(plain.count) numbers other than 0, one for each pair of coordinates",
        found: "\(factors.count) numbers")
    }
    return plain.indices.map { plain[$0] / factors[factors.count == 1 ? 0 : $0] }
  }

  /// The first pairs turn as in the default kind, the others not at all.
  private func proportional() throws(CheckpointError) -> RotaryDescription {
    let share = try share()
    let factor = own.has("factor") ? try factor() : 1
    let turning = (share * Double(width) / 2).rounded(.down)
    guard (0...Double(width / 2)).contains(turning) else {
      throw own.invalid("partial_rotary_factor", expected: "from 0 to 1", found: "\(share)")
    }
    return rotation(plain.indices.map { Double($0) < turning ? plain[$0] / factor : 0 })
  }
}
