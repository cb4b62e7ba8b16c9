/// A stage of the way back from pieces to text; pieces are UTF-8.
protocol PieceDecoder: Sendable {
  func decode(_ pieces: [[UInt8]]) -> [[UInt8]]
}

/// Several decoders, one after the other.
struct PieceDecoderSequence: PieceDecoder {
  let stages: [any PieceDecoder]

  func decode(_ pieces: [[UInt8]]) -> [[UInt8]] {
    stages.reduce(pieces) { $1.decode($0) }
  }
}

extension [UInt8] {
  /// The bytes with every occurrence of `target` replaced.
  func replacing(bytes target: some Collection<UInt8>, by replacement: some Collection<UInt8>)
    -> [UInt8]
  {
    guard let first = target.first, contains(first) else { return self }
    var result: [UInt8] = []
    result.reserveCapacity(count)
    var position = 0
    while position < count {
      if self[position] == first, self[position...].starts(with: target) {
        result.append(contentsOf: replacement)
        position += target.count
      } else {
        result.append(self[position])
        position += 1
      }
    }
    return result
  }

  /// The same bytes as valid UTF-8: what is not becomes U+FFFD.
  var repairedUTF8: [UInt8] { Array(String(decoding: self, as: UTF8.self).utf8) }
}
