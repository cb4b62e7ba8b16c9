import Foundation
import Testing

@testable import Figures

/// Patterns on pages read back as what they were, to the steps that are promised.
@Suite struct PatternCodeTests {
  /// Reads a text as its description says, bit by bit.
  private func levels(_ text: String, queries: Int, keys: Int) throws -> [UInt8] {
    let bytes = [UInt8](try #require(Data(base64Encoded: text)))
    let lengths = bytes[1..<134].flatMap { [$0 >> 4, $0 & 15] }
    var codes: [String: Int] = [:]
    var code = 0
    for length in 1...12 {
      for (sign, own) in lengths.enumerated() where Int(own) == length {
        let digits = String(code, radix: 2)
        codes[String(repeating: "0", count: length - digits.count) + digits] = sign
        code += 1
      }
      code <<= 1
    }
    var signs: [Int] = []
    var pending = ""
    for byte in bytes[134...] {
      for bit in (0..<8).reversed() {
        pending += byte >> bit & 1 == 1 ? "1" : "0"
        if let sign = codes[pending] {
          signs += sign < 256 ? [sign] : Array(repeating: 0, count: 1 << (sign - 255))
          pending = ""
        }
      }
    }
    var result = Array(repeating: UInt8(0), count: queries * keys)
    var next = signs.makeIterator()
    for query in 0..<queries {
      for key in 0..<(bytes[0] & 1 == 1 ? query + 1 : keys) {
        let above = bytes[0] & 2 == 2 && query > 0 ? result[(query - 1) * keys + key] : 0
        let sign = next.next()
        result[query * keys + key] = UInt8(try #require(sign)) &+ above
      }
    }
    return result
  }

  private func check(_ weights: [Float], queries: Int, keys: Int) throws {
    let text = PatternCode.text(weights[...], queries: queries, keys: keys)
    let levels = try levels(text, queries: queries, keys: keys)
    // At most half a step of the root, at either side.
    let off = zip(weights, levels).filter { weight, level in
      abs(pow(Float(level) / 255, 2) - weight) > weight.squareRoot() / 255 + 4e-6
    }
    #expect(off.isEmpty, "\(off.prefix(3))")
  }

  private func softmax(_ scores: [Float]) -> [Float] {
    let powers = scores.map { exp($0) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  @Test(arguments: [1, 2, 3, 17, 70]) func causalPatternsReadBack(_ size: Int) throws {
    var random = SystemRandomNumberGenerator()
    var weights: [Float] = []
    for query in 0..<size {
      weights += softmax((0...query).map { _ in .random(in: -6...6, using: &random) })
      weights += Array(repeating: 0, count: size - query - 1)
    }
    try check(weights, queries: size, keys: size)
  }

  @Test(arguments: [(1, 1), (1, 9), (9, 1), (5, 31), (40, 3)])
  func rectanglesReadBack(_ queries: Int, _ keys: Int) throws {
    let rows = (0..<queries).flatMap { _ in
      softmax((0..<keys).map { _ in .random(in: -20...20) })
    }
    try check(rows, queries: queries, keys: keys)
  }

  @Test func sharpPatternsAreSmall() throws {
    let size = 200
    var weights = Array(repeating: Float(0), count: size * size)
    for query in 0..<size { weights[query * size + max(0, query - 1)] = 1 }
    try check(weights, queries: size, keys: size)
    let text = PatternCode.text(weights[...], queries: size, keys: size)
    #expect(text.utf8.count < 1200, "\(text.utf8.count)")
  }

  @Test func evenPatternsAreSmall() throws {
    let size = 200
    var weights: [Float] = []
    for query in 0..<size {
      weights += Array(repeating: 1 / Float(query + 1), count: query + 1)
      weights += Array(repeating: 0, count: size - query - 1)
    }
    try check(weights, queries: size, keys: size)
    let text = PatternCode.text(weights[...], queries: size, keys: size)
    #expect(text.utf8.count < 8000, "\(text.utf8.count)")
  }

  @Test func whatIsNoNumberIsNothing() throws {
    let text = PatternCode.text([.nan, 1][...], queries: 1, keys: 2)
    #expect(try levels(text, queries: 1, keys: 2) == [0, 255])
  }

  @Test func thumbnailsKeepTheLargest() throws {
    var weights = Array(repeating: Float(0), count: 100 * 50)
    weights[99 * 50 + 49] = 1
    weights[0] = 0.25
    let small = PatternCode.thumbnail(weights[...], queries: 100, keys: 50, most: 10)
    let levels = [UInt8](try #require(Data(base64Encoded: small.text)))
    #expect(small.rows == 10 && small.columns == 10 && levels.count == 100)
    #expect(levels[99] == 255 && levels[0] == 128 && levels.filter { $0 > 0 }.count == 2)
  }

  @Test func rareSignsGetNoLongerCodes() {
    // Counts like these give a code of one bit more for each sign, without a limit.
    var counts = [1, 1]
    while counts.count < 30 { counts.append(counts[counts.count - 1] + counts[counts.count - 2]) }
    let code = HuffmanCode(counts: counts)
    #expect(code.lengths.allSatisfy { (1...12).contains($0) })
    #expect(code.lengths.reduce(0) { $0 + 1 / pow(2, Double($1)) } <= 1)
  }
}
