import Foundation

/// A random source that gives the same numbers for the same seed on every machine (SplitMix64;
/// Steele, Lea and Flood, 2014).
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64
  private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// A source that starts from `seed`.
  public init(seed: UInt64) {
    state = seed
  }

  /// A source of its own for each name under one seed, whatever order they are asked for in.
  public init(seed: UInt64, name: String) {
    // FNV-1a (Fowler, Noll and Vo).
    let hash = name.utf8.reduce(0xcbf2_9ce4_8422_2325 ^ seed) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    self.init(seed: hash)
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= Self.step
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number from [0, 1) with 53 random bits.
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// A number from the standard normal distribution (Box and Muller, 1958).
  public mutating func normal() -> Double {
    let radius = (-2 * Foundation.log(1 - uniform())).squareRoot()
    return radius * Foundation.cos(2 * .pi * uniform())
  }

  /// Goes on as if so many normal numbers had been drawn.
  mutating func skip(normals count: Int) {
    // Each takes two steps.
    state &+= 2 &* UInt64(truncatingIfNeeded: count) &* Self.step
  }
}
