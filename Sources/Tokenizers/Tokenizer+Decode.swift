extension Tokenizer {
  /// The text that `ids` stand for; ids that the vocabulary lacks stand for nothing.
  public func decode(_ ids: [Int], skipSpecialTokens: Bool = true) -> String {
    let pieces = ids.compactMap { id -> [UInt8]? in
      guard !skipSpecialTokens || !skipsInDecoding(id) else { return nil }
      return parts.added.decodedContent(id) ?? pieceBytes(id)
    }
    return String(decoding: decode(pieces: pieces), as: UTF8.self)
  }

  /// Whether `decode` leaves `id` out when it skips special tokens.
  func skipsInDecoding(_ id: Int) -> Bool {
    parts.added.decodedContent(id).map { parts.added.skips($0) } ?? false
  }

  private func decode(pieces: [[UInt8]]) -> [UInt8] {
    guard let decoder = parts.decoder else {
      return Array(pieces.joined(separator: [UInt8(ascii: " ")]))
    }
    return Array(decoder.decode(pieces).joined())
  }

  /// How one token shows to a person: the text that it adds in running text (` She`, `ing`, a
  /// newline).
  ///
  /// Bytes that are not UTF-8 by themselves show as `<0xE2>`, and added tokens as their content.
  /// An id without a piece shows as `<id 123>`.
  public func text(of id: Int) -> String {
    guard let piece = pieceBytes(id) else { return "<id \(id)>" }
    guard parts.added.tokens[id] == nil else { return String(decoding: piece, as: UTF8.self) }
    if let bytes = bytes(of: piece) { return Self.showing(bytes) }
    // Behind another piece, because decoders treat the first one in a special way.
    let context = Array("a".utf8)
    let before = decode(pieces: [context])
    let after = decode(pieces: [context, piece])
    let added = after.starts(with: before) ? after.dropFirst(before.count) : after[...]
    return Self.showing(Array(added))
  }

  /// The bytes of a piece that spells bytes, in a vocabulary where pieces do.
  private func bytes(of piece: [UInt8]) -> [UInt8]? {
    if parts.decoder?.contains(ByteLevelDecoder.self) == true {
      return ByteAlphabet.bytes(of: piece)
    }
    if parts.decoder?.contains(ByteFallbackDecoder.self) == true {
      return ByteFallbackPieces.byte(of: piece).map { [$0] }
    }
    return nil
  }

  /// Text where it is UTF-8, and the numbers of the other bytes.
  private static func showing(_ bytes: [UInt8]) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    var shown = ""
    var position = 0
    while position < bytes.count {
      let scalar = (1...4).lazy
        .filter { position + $0 <= bytes.count }
        .compactMap { width in
          String(validating: bytes[position..<position + width], as: UTF8.self)
        }.first
      if let scalar {
        shown += scalar
        position += scalar.utf8.count
      } else {
        shown += ByteFallbackPieces.piece(bytes[position])
        position += 1
      }
    }
    return shown
  }
}

extension PieceDecoder {
  /// Whether this is a decoder of a kind, or a sequence with one in it.
  func contains<Kind: PieceDecoder>(_ kind: Kind.Type) -> Bool {
    if let sequence = self as? PieceDecoderSequence {
      return sequence.stages.contains { $0.contains(kind) }
    }
    return self is Kind
  }
}
