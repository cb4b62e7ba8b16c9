import Foundation
import Tensors
import TestSupport
import Testing

@testable import Checkpoints

/// A small generator with a seed, so that a failure can be repeated.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

@Suite struct HeaderFuzzTests {
  /// Whatever is done to a good file, it opens and every tensor reads, or there is an error.
  @Test(arguments: 0..<8)
  func mutatedFilesNeverTrap(_ seed: UInt64) throws {
    var generator = SeededGenerator(state: seed)
    let folder = try TemporaryFolder()
    let good = RawSafetensors.bytes(
      "{" + RawSafetensors.entry("w", "F32", "[2,3]", 0, 24) + ","
        + RawSafetensors.entry("h", "F16", "[3]", 24, 30) + ","
        + RawSafetensors.entry("i", "I64", "[1]", 30, 38)
        + #","__metadata__":{"format":"pt"}}"#, data: 38)
    var refused = 0
    for _ in 0..<60 {
      var bytes = good
      for _ in 0...Int.random(in: 0..<3, using: &generator) { mutate(&bytes, &generator) }
      do {
        let checkpoint = try folder.open(bytes)
        for name in checkpoint.names {
          let rank = checkpoint.stored(name)?.shape.count ?? 0
          let axes = (0..<rank).map { _ in "axis" as Axis }
          _ = try? checkpoint.tensor(name, as: Double.self, axes: axes).elements
          _ = try? checkpoint.integers(name)
        }
      } catch let error as CheckpointError {
        refused += 1
        #expect(!error.description.isEmpty && !error.description.contains("\n"))
      }
    }
    #expect(refused > 20)
  }

  private func mutate(_ bytes: inout Data, _ generator: inout SeededGenerator) {
    guard !bytes.isEmpty else { return }
    let place = Int.random(in: 0..<min(bytes.count, 260), using: &generator)
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
    case 1: bytes.remove(at: place)
    case 2:
      bytes.insert(
        contentsOf: Data("0123456789-.eE[]{},:\"\\".utf8).shuffled(using: &generator).prefix(3),
        at: place)
    case 3: bytes = bytes.prefix(place)
    case 4: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    default:
      let digits = bytes.indices.filter { (48...57).contains(bytes[$0]) }
      if let digit = digits.randomElement(using: &generator) {
        bytes[digit] = UInt8.random(in: 48...57, using: &generator)
      }
    }
    bytes = Data(bytes)
  }
}
