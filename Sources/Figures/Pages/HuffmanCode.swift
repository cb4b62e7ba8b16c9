/// A canonical prefix code whose codes have at most twelve bits, so that a reader can look each up
/// in a table of 4,096.
struct HuffmanCode {
  static let longest = 12

  /// The length of each sign's code in bits; 0 for a sign that does not occur.
  let lengths: [UInt8]
  private let codes: [UInt16]

  /// The code for signs that occur this often.
  init(counts: [Int]) {
    var counts = counts
    var lengths = Self.lengths(counts)
    // Rarer signs are made commoner until no code is too long.
    while lengths.contains(where: { $0 > Self.longest }) {
      counts = counts.map { $0 == 0 ? 0 : $0 / 2 + 1 }
      lengths = Self.lengths(counts)
    }
    self.lengths = lengths
    var codes = Array(repeating: UInt16(0), count: lengths.count)
    var next: UInt16 = 0
    for length in 1...UInt8(Self.longest) {
      for sign in lengths.indices where lengths[sign] == length {
        codes[sign] = next
        next += 1
      }
      next <<= 1
    }
    self.codes = codes
  }

  /// How many bits signs take that occur this often.
  func bits(of counts: [Int]) -> Int {
    zip(counts, lengths).reduce(0) { $0 + $1.0 * Int($1.1) }
  }

  /// Adds the codes of signs, first bit highest, filled up to whole bytes.
  func write(_ signs: [UInt16], to bytes: inout [UInt8]) {
    var pending: UInt32 = 0
    var count: UInt32 = 0
    for sign in signs {
      let length = UInt32(lengths[Int(sign)])
      pending = pending << length | UInt32(codes[Int(sign)])
      count += length
      while count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: pending >> count))
      }
    }
    if count > 0 { bytes.append(UInt8(truncatingIfNeeded: pending << (8 - count))) }
  }

  /// The depths of the leaves of a Huffman tree.
  private static func lengths(_ counts: [Int]) -> [UInt8] {
    var lengths = Array(repeating: UInt8(0), count: counts.count)
    var nodes = counts.indices.filter { counts[$0] > 0 }.map { (count: counts[$0], leaves: [$0]) }
    if nodes.count == 1 { lengths[nodes[0].leaves[0]] = 1 }
    nodes.sort { $0.count > $1.count }
    while nodes.count > 1 {
      let (first, second) = (nodes.removeLast(), nodes.removeLast())
      let joined = (count: first.count + second.count, leaves: first.leaves + second.leaves)
      for leaf in joined.leaves { lengths[leaf] += 1 }
      let place = nodes.lastIndex { $0.count >= joined.count }.map { $0 + 1 } ?? 0
      nodes.insert(joined, at: place)
    }
    return lengths
  }
}
