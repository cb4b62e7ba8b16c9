/// The merges of a BPE model: for a pair of ids, how early it is merged and into what.
///
/// An open-addressing table behind a random odd multiplier, so that no file can make it slow.
struct MergeTable: Sendable {
  /// What merging a pair means.
  struct Merge {
    /// Merges of lower rank come first.
    var rank: Int
    /// The id of the merged piece.
    var result: Int
  }

  private static let empty = UInt64.max
  private let multiplier = UInt64.random(in: .min ... .max) | 1
  private var shift: UInt64
  private var keys: [UInt64]
  private var values: [UInt64]
  private var count = 0

  /// A table with room for about `count` merges; it grows when there are more.
  init(room count: Int) {
    var bits: UInt64 = 4
    while (1 << bits) < 2 * count {
      bits += 1
    }
    shift = 64 - bits
    keys = [UInt64](repeating: Self.empty, count: 1 << bits)
    values = [UInt64](repeating: 0, count: 1 << bits)
  }

  /// Sets the merge of a pair; a later one for the same pair wins, as in the reference.
  mutating func set(_ left: Int, _ right: Int, rank: Int, result: Int) {
    if 2 * (count + 1) > keys.count {
      grow()
    }
    let value = UInt64(rank) << 32 | UInt64(UInt32(truncatingIfNeeded: result))
    insert(Self.key(left, right), value)
  }

  private mutating func insert(_ key: UInt64, _ value: UInt64) {
    let slot = slot(of: key)
    count += keys[slot] == Self.empty ? 1 : 0
    keys[slot] = key
    values[slot] = value
  }

  private mutating func grow() {
    let old = zip(keys, values)
    shift -= 1
    keys = [UInt64](repeating: Self.empty, count: 2 * keys.count)
    values = [UInt64](repeating: 0, count: keys.count)
    count = 0
    for (key, value) in old where key != Self.empty {
      insert(key, value)
    }
  }

  /// The merge of a pair, if there is one.
  func merge(_ left: Int, _ right: Int) -> Merge? {
    let slot = slot(of: Self.key(left, right))
    guard keys[slot] != Self.empty else { return nil }
    return Merge(rank: Int(values[slot] >> 32), result: Int(values[slot] & 0xFFFF_FFFF))
  }

  private static func key(_ left: Int, _ right: Int) -> UInt64 {
    UInt64(left) << 32 | UInt64(right)
  }

  private func slot(of key: UInt64) -> Int {
    let mask = keys.count - 1
    var slot = Int((key &* multiplier) >> shift)
    while keys[slot] != key, keys[slot] != Self.empty {
      slot = (slot + 1) & mask
    }
    return slot
  }
}
