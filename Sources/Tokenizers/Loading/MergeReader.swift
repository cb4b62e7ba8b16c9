/// Reads the merges of a BPE model, checking every one against the vocabulary.
struct MergeReader {
  let vocabulary: Vocabulary
  /// How many bytes of the right piece are its continuing-subword prefix, which merging drops.
  let prefixWidth: Int
  let file: String
  /// The merged piece, kept to save an allocation for each merge.
  private var merged: [UInt8] = []

  init(vocabulary: Vocabulary, prefixWidth: Int, file: String) {
    self.vocabulary = vocabulary
    self.prefixWidth = prefixWidth
    self.file = file
  }

  /// A list of `"left right"` or `["left", "right"]`.
  mutating func list(_ reader: inout JSONReader, place: String) throws(TokenizerError) -> MergeTable
  {
    var table = MergeTable(room: vocabulary.count)
    var left: [UInt8] = []
    var right: [UInt8] = []
    var rank = 0
    try reader.expect(UInt8(ascii: "["), "a list")
    guard !reader.take(UInt8(ascii: "]")) else { return table }
    repeat {
      if reader.take(UInt8(ascii: "[")) {
        try reader.string(into: &left)
        try reader.expect(UInt8(ascii: ","), "a comma")
        try reader.string(into: &right)
        try reader.expect(UInt8(ascii: "]"), "the end of a merge")
        try add(left[...], right[...], rank: rank, to: &table, place: "\(place)[\(rank)]")
      } else {
        try reader.string(into: &left)
        try addLine(left[...], rank: rank, to: &table) { "\(place)[\(rank)]" }
      }
      rank += 1
    } while reader.take(UInt8(ascii: ","))
    try reader.expect(UInt8(ascii: "]"), "the end of a list")
    return table
  }

  /// The lines of merges.txt.
  mutating func lines(_ bytes: [UInt8]) throws(TokenizerError) -> MergeTable {
    var table = MergeTable(room: vocabulary.count)
    var rank = 0
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      guard !line.isEmpty, !line.starts(with: "#version".utf8) else { continue }
      try addLine(line, rank: rank, to: &table) { "line \(index + 1)" }
      rank += 1
    }
    return table
  }

  private mutating func addLine(
    _ line: ArraySlice<UInt8>, rank: Int, to table: inout MergeTable, place: () -> String
  ) throws(TokenizerError) {
    guard !line.starts(with: "#version".utf8) else { return }
    guard let space = line.firstIndex(of: UInt8(ascii: " ")),
      !line[(space + 1)...].contains(UInt8(ascii: " "))
    else {
      throw .malformed(
        file: file, place: place(), problem: "a merge is two pieces with a space between them")
    }
    try add(line[..<space], line[(space + 1)...], rank: rank, to: &table, place: place())
  }

  private mutating func add(
    _ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>, rank: Int, to table: inout MergeTable,
    place: @autoclosure () -> String
  ) throws(TokenizerError) {
    merged.removeAll(keepingCapacity: true)
    merged.append(contentsOf: left)
    merged.append(contentsOf: right.dropFirst(prefixWidth))
    guard let leftID = vocabulary.id(of: left), let rightID = vocabulary.id(of: right),
      right.count >= prefixWidth,
      let result = vocabulary.id(of: merged)
    else {
      let pieces = [left, right].map { String(decoding: $0, as: UTF8.self) }
      throw .malformed(
        file: file, place: place(),
        problem: "the merge of `\(pieces[0])` and `\(pieces[1])` names or makes a piece that the "
          + "vocabulary lacks")
    }
    table.set(leftID, rightID, rank: rank, result: result)
  }
}
