/// Reads vocabularies in the forms that files have them in.
enum VocabularyReader {
  /// `{"piece": id, …}`.
  static func object(
    _ reader: inout JSONReader, place: String
  ) throws(TokenizerError) -> Vocabulary {
    var vocabulary = Vocabulary(expecting: estimatedCount(reader))
    var piece: [UInt8] = []
    var largest = 0
    try reader.expect(UInt8(ascii: "{"), "an object")
    if !reader.take(UInt8(ascii: "}")) {
      repeat {
        try reader.string(into: &piece)
        try reader.expect(UInt8(ascii: ":"), "a colon")
        guard let id = try reader.integer(), id >= 0, id < Int32.max else {
          throw reader.failure("the id is not an integer from 0 to 2^31", at: name(place, piece))
        }
        guard vocabulary.append(piece[...], id: id) else {
          throw reader.failure("the piece is listed twice", at: name(place, piece))
        }
        largest = max(largest, id)
      } while reader.take(UInt8(ascii: ","))
      try reader.expect(UInt8(ascii: "}"), "the end of an object")
    }
    try finish(&vocabulary, largest: largest, file: reader.file, place: place)
    return vocabulary
  }

  /// `[["piece", log probability], …]`, where ids count up.
  static func scored(
    _ reader: inout JSONReader, place: String
  ) throws(TokenizerError) -> (Vocabulary, [Double]) {
    var vocabulary = Vocabulary(expecting: estimatedCount(reader))
    var scores: [Double] = []
    var piece: [UInt8] = []
    try reader.array { (reader, index) throws(TokenizerError) in
      try reader.expect(UInt8(ascii: "["), "a list")
      try reader.string(into: &piece)
      try reader.expect(UInt8(ascii: ","), "a comma")
      switch try reader.value() {
      case .integer(let score): scores.append(Double(score))
      case .number(let score): scores.append(score)
      default: throw reader.failure("the score is not a number", at: "\(place)[\(index)]")
      }
      try reader.expect(UInt8(ascii: "]"), "the end of a list")
      guard vocabulary.append(piece[...], id: index) else {
        throw reader.failure("the piece is listed twice", at: "\(place)[\(index)]")
      }
    }
    try finish(&vocabulary, largest: scores.count - 1, file: reader.file, place: place)
    return (vocabulary, scores)
  }

  /// One piece on each line, where ids count up from 0.
  static func lines(_ bytes: [UInt8], file: String) throws(TokenizerError) -> Vocabulary {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw .malformed(file: file, place: "", problem: "it is not UTF-8 text")
    }
    var vocabulary = Vocabulary(expecting: bytes.count / 12)
    var count = 0
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      defer { count += 1 }
      let scalars = String(decoding: line, as: UTF8.self).unicodeScalars
      let trailing = scalars.reversed().prefix { $0.isSpace }
      let piece = line.dropLast(trailing.reduce(0) { $0 + $1.utf8Width })
      guard !piece.isEmpty else {
        // A blank line is the empty piece, which counts though no text has it; the end is no line.
        if line.endIndex < bytes.endIndex { _ = vocabulary.append(piece, id: count) }
        continue
      }
      guard vocabulary.append(piece, id: count) else {
        throw .malformed(
          file: file, place: "line \(count + 1)", problem: "the piece is listed twice")
      }
    }
    guard vocabulary.count > 0 else {
      throw .malformed(file: file, place: "", problem: "it lists no pieces")
    }
    try finish(&vocabulary, largest: count, file: file, place: "")
    return vocabulary
  }

  /// Tables sized once are built in half the time; a wrong guess costs nothing else.
  private static func estimatedCount(_ reader: JSONReader) -> Int {
    (reader.bytes.count - reader.position) / 28
  }

  private static func name(_ place: String, _ piece: [UInt8]) -> String {
    "\(place).\(String(decoding: piece, as: UTF8.self))"
  }

  private static func finish(
    _ vocabulary: inout Vocabulary, largest: Int, file: String, place: String
  ) throws(TokenizerError) {
    let bound = Vocabulary.idBound(count: vocabulary.count)
    guard largest < bound else {
      throw .malformed(
        file: file, place: place,
        problem: "the id \(largest) is out of proportion to \(vocabulary.count) pieces")
    }
    if let id = vocabulary.indexIDs() {
      throw .malformed(file: file, place: place, problem: "the id \(id) is given to two pieces")
    }
  }
}
