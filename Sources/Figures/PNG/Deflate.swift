/// Packs bytes as a zlib stream with fixed codes (RFC 1950 and 1951).
///
/// It looks for repetitions at few distances only, those at which pictures repeat themselves: the
/// pixel before, and the line above.
struct Deflate {
  private var bytes: [UInt8] = [0x78, 0x01]
  private var pending: UInt64 = 0
  private var pendingCount = 0

  private static let longest = 258
  private static let farthest = 32_768
  private static let endOfBlock = 256

  /// The zlib stream of some bytes.
  static func packed(_ data: [UInt8], distances: [Int]) -> [UInt8] {
    var stream = Deflate()
    stream.put(1, 1)
    stream.put(1, 2)
    let usable = distances.filter { $0 > 0 && $0 <= farthest }
    var place = 0
    while place < data.count {
      var best = (length: 0, distance: 0)
      for distance in usable where distance <= place {
        var length = 0
        while length < longest, place + length < data.count,
          data[place + length] == data[place + length - distance]
        { length += 1 }
        if length > best.length { best = (length, distance) }
      }
      if best.length >= 4 {
        stream.put(length: best.length)
        stream.put(distance: best.distance)
        place += best.length
      } else {
        stream.put(symbol: Int(data[place]))
        place += 1
      }
    }
    stream.put(symbol: endOfBlock)
    return stream.finished(checksum: adler(data))
  }

  /// Bits with the lowest first.
  private mutating func put(_ value: Int, _ count: Int) {
    pending |= UInt64(value) << UInt64(pendingCount)
    pendingCount += count
    while pendingCount >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: pending))
      pending >>= 8
      pendingCount -= 8
    }
  }

  /// A code, whose highest bit comes first.
  private mutating func put(code: Int, _ count: Int) {
    var turned = 0
    for bit in 0..<count where code >> bit & 1 == 1 { turned |= 1 << (count - 1 - bit) }
    put(turned, count)
  }

  private mutating func put(symbol: Int) {
    switch symbol {
    case ..<144: put(code: 0x30 + symbol, 8)
    case ..<256: put(code: 0x190 + symbol - 144, 9)
    case ..<280: put(code: symbol - 256, 7)
    default: put(code: 0xC0 + symbol - 280, 8)
    }
  }

  private mutating func put(length: Int) {
    if length == Self.longest { return put(symbol: 285) }
    let over = length - 3
    if over < 8 { return put(symbol: 257 + over) }
    let extra = Self.bits(over) - 3
    put(symbol: 257 + 4 * extra + over >> extra)
    put(over & (1 << extra - 1), extra)
  }

  private mutating func put(distance: Int) {
    let over = distance - 1
    if over < 4 { return put(code: over, 5) }
    let extra = Self.bits(over) - 2
    put(code: 2 * extra + over >> extra, 5)
    put(over & (1 << extra - 1), extra)
  }

  /// How many bits a number has.
  private static func bits(_ number: Int) -> Int { Int.bitWidth - number.leadingZeroBitCount }

  private func finished(checksum: UInt32) -> [UInt8] {
    var all = bytes
    if pendingCount > 0 { all.append(UInt8(truncatingIfNeeded: pending)) }
    return all + PNGFile.bigEndian(checksum)
  }

  private static func adler(_ data: [UInt8]) -> UInt32 {
    var low: UInt32 = 1
    var high: UInt32 = 0
    for byte in data {
      low = (low + UInt32(byte)) % 65_521
      high = (high + low) % 65_521
    }
    return high << 16 | low
  }
}
