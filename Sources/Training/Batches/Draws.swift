import Tensors

/// What is random in a batch, apart for every purpose and step.
struct Draws {
  let seed: UInt64

  /// A source for one purpose in one step.
  func generator(_ purpose: String, step: Int) -> SeededGenerator {
    var mixed = SeededGenerator(seed: seed &+ UInt64(truncatingIfNeeded: step) &* 0x9E37_79B9)
    return SeededGenerator(seed: mixed.next(), name: purpose)
  }

  /// A number for one purpose in one step.
  func number(_ purpose: String, step: Int) -> UInt64 {
    var generator = generator(purpose, step: step)
    return generator.next()
  }
}
