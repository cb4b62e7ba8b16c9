import Foundation

/// Attention patterns in few bytes, for a page that holds hundreds of them.
///
/// A weight becomes the level `round(255 · √p)`, so that small weights keep their digits: the error
/// is at most 0.004 at a weight of one and 0.0004 at one hundredth. Of a causal pattern only the
/// triangle is kept. Levels, or their differences from the row above where that is shorter, are
/// written with a Huffman code of their own, runs of zeros as one sign, in base64.
struct PatternCode {
  /// What stands for runs of 2, 4, … 1,024 zeros behind the 256 levels.
  private static let runs = 10
  private static let signs = 256 + runs

  /// The text of a pattern: a byte of flags, the lengths of the codes in half bytes, the signs.
  static func text(_ weights: ArraySlice<Float>, queries: Int, keys: Int) -> String {
    let levels = weights.map(level)
    let isTriangle = queries == keys && hasEmptyCorner(levels, queries)
    let plain = symbols(levels, queries, keys, isTriangle, fromAbove: false)
    let above = symbols(levels, queries, keys, isTriangle, fromAbove: true)
    let codes = [plain, above].map { HuffmanCode(counts: counts($0)) }
    let isFromAbove = codes[1].bits(of: counts(above)) < codes[0].bits(of: counts(plain))
    let code = codes[isFromAbove ? 1 : 0]
    var bytes: [UInt8] = [(isTriangle ? 1 : 0) | (isFromAbove ? 2 : 0)]
    for pair in stride(from: 0, to: signs, by: 2) {
      bytes.append(code.lengths[pair] << 4 | code.lengths[pair + 1])
    }
    code.write(isFromAbove ? above : plain, to: &bytes)
    return Data(bytes).base64EncodedString()
  }

  /// The pattern as a small square of levels, each the largest of its block.
  static func thumbnail(
    _ weights: ArraySlice<Float>, queries: Int, keys: Int, most: Int = 32
  ) -> (rows: Int, columns: Int, text: String) {
    let rows = min(queries, most)
    let columns = min(keys, most)
    var levels = Array(repeating: UInt8(0), count: rows * columns)
    var place = weights.startIndex
    for query in 0..<queries {
      let row = query * rows / queries * columns
      for key in 0..<keys {
        let cell = row + key * columns / keys
        let level = level(weights[place])
        if level > levels[cell] { levels[cell] = level }
        place += 1
      }
    }
    return (rows, columns, Data(levels).base64EncodedString())
  }

  private static func level(_ weight: Float) -> UInt8 {
    guard weight > 0 else { return 0 }
    return UInt8(min(255, (255 * weight.squareRoot()).rounded()))
  }

  private static func hasEmptyCorner(_ levels: [UInt8], _ size: Int) -> Bool {
    for query in 0..<size {
      for key in query + 1..<max(size, query + 1) where levels[query * size + key] != 0 {
        return false
      }
    }
    return true
  }

  /// The levels in order as signs, with runs of zeros drawn together.
  private static func symbols(
    _ levels: [UInt8], _ queries: Int, _ keys: Int, _ isTriangle: Bool, fromAbove: Bool
  ) -> [UInt16] {
    var symbols: [UInt16] = []
    symbols.reserveCapacity(levels.count / 2)
    var zeros = 0
    func endRun() {
      var length = runs
      while zeros > 0 {
        while length > 0, zeros < 1 << length { length -= 1 }
        symbols.append(length == 0 ? 0 : UInt16(255 + length))
        zeros -= 1 << length
      }
    }
    for query in 0..<queries {
      let row = query * keys
      for key in 0..<(isTriangle ? query + 1 : keys) {
        var level = levels[row + key]
        if fromAbove, query > 0 { level &-= levels[row + key - keys] }
        if level == 0 {
          zeros += 1
        } else {
          if zeros > 0 { endRun() }
          symbols.append(UInt16(level))
        }
      }
    }
    endRun()
    return symbols
  }

  private static func counts(_ symbols: [UInt16]) -> [Int] {
    var counts = Array(repeating: 0, count: signs)
    for symbol in symbols { counts[Int(symbol)] += 1 }
    return counts
  }
}
