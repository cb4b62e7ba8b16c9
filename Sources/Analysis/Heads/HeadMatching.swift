import Faults
import Statistics
import Tensors
import Transformers

/// Which tokens a head's weights bring together: the strongest directions of W_Q · W_Kᵀ, read through
/// the token table on both sides.
public struct HeadMatching: Sendable {
  /// One direction.
  public struct Direction: Sendable {
    /// Its share of the squared norm.
    public let share: Double
    /// The tokens whose queries lie farthest along it, and those of keys that they meet.
    public let queries: [HeadVocabulary.Entry], keys: [HeadVocabulary.Entry]
    /// The same on the other side.
    public let queriesAgainst: [HeadVocabulary.Entry], keysAgainst: [HeadVocabulary.Entry]
  }

  /// The offset for which it holds, for heads that turn by position; nil for others.
  public let offset: Int?
  /// The strongest directions, the strongest first.
  public let directions: [Direction]
}

extension Experiment {
  /// Which tokens a head's weights bring together.
  ///
  /// Token rows stand for what the head reads, so in layers behind the first this is near to what it
  /// does at best.
  ///
  /// - Parameters:
  ///   - offset: By how many positions the key stands behind the query; rotary heads notice.
  ///   - only: The tokens that are listed; nil for all.
  public func matching(
    of place: HeadPlace, offset: Int, directions count: Int = 1, top: Int = 4,
    only: Set<Int>? = nil
  ) throws(Fault) -> HeadMatching {
    let reader = try TokenReader(runtime, side: place.side)
    let head = try HeadMatrices(place, of: runtime)
    let parts: SingularValues
    do {
      parts = try head.looking(offset: offset).singularValueDecomposition()
    } catch {
      throw Fault("not-finite", "the weights of \(place): \(error)")
    }
    let chosen = Array(0..<min(count, parts.values.count))
    let squared = parts.values.reduce(0) { $0 + $1 * $1 }
    let queries = reader.read(parts.left.selecting(columns: chosen).transposed)
    let keys = reader.read(parts.right.selecting(rows: chosen))
    let directions = chosen.map { index in
      let (query, key) = (Array(queries.row(index)), Array(keys.row(index)))
      func list(_ values: [Double]) -> [HeadVocabulary.Entry] {
        Self.entries(values, top, only: only)
      }
      return HeadMatching.Direction(
        share: squared > 0 ? parts.values[index] * parts.values[index] / squared : .nan,
        queries: list(query), keys: list(key), queriesAgainst: list(query.map { -$0 }),
        keysAgainst: list(key.map { -$0 }))
    }
    let turns = head.attention.rotary != nil && !place.isCross
    return HeadMatching(offset: turns ? offset : nil, directions: directions)
  }
}
