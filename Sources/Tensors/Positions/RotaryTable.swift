import Foundation
import Synchronization

/// The angles of a rotary position embedding (Su et al., 2021), computed in double precision, kept
/// by position, and grown on demand.
///
/// Safe to share between threads.
public final class RotaryTable<E: Scalar>: Sendable {
  /// Which coordinates are turned together.
  public enum Layout: Sendable, Hashable {
    /// Coordinate `j` with coordinate `j + rotaryWidth / 2` (Llama, NeoX).
    case halves
    /// Coordinate `2j` with coordinate `2j + 1` (GPT-J).
    case interleaved
  }

  /// Cosines, then sines, of each position: `rotaryWidth` numbers a position.
  struct Angles: Sendable {
    var values: [E] = []
    var positions = 0
  }

  /// How many leading coordinates of a head are turned; the others stay.
  public let rotaryWidth: Int
  /// Which coordinates are turned together.
  public let layout: Layout

  private let inverseFrequencies: [Double]
  private let attentionScale: Double
  private let cache = Mutex(Angles())

  /// A table for heads whose first `rotaryWidth` coordinates turn; pair `j` turns by `position ·
  /// inverseFrequencies[j]`.
  ///
  /// Cosines and sines are multiplied by `attentionScale` (YaRN's; Peng et al., 2023).
  public init(
    rotaryWidth: Int, inverseFrequencies: [Double], attentionScale: Double = 1,
    layout: Layout = .halves
  ) {
    precondition(rotaryWidth == 2 * inverseFrequencies.count, "one frequency per pair")
    self.rotaryWidth = rotaryWidth
    self.inverseFrequencies = inverseFrequencies
    self.attentionScale = attentionScale
    self.layout = layout
  }

  /// The angles of at least the positions below `count`.
  func angles(below count: Int) -> [E] {
    cache.withLock { cache in
      if cache.positions < count {
        let wanted = max(count, min(2 * cache.positions, cache.positions + 4096))
        cache.values.reserveCapacity(wanted * rotaryWidth)
        for position in cache.positions..<wanted { append(position, to: &cache.values) }
        cache.positions = wanted
      }
      return cache.values
    }
  }

  private func append(_ position: Int, to values: inout [E]) {
    for frequency in inverseFrequencies {
      values.append(E(cos(Double(position) * frequency) * attentionScale))
    }
    for frequency in inverseFrequencies {
      values.append(E(sin(Double(position) * frequency) * attentionScale))
    }
  }
}
