import Foundation

/// What stands before the numbers of a file in NumPy's format: a Python dictionary.
struct NumPyHeader {
  let type: StoredType
  /// Whether the most significant byte of each number comes first.
  let isBigEndian: Bool
  /// Whether the first axis runs fastest (`fortran_order`), as in a transposed array.
  let isByColumns: Bool
  let shape: [Int]
  /// How many numbers there are.
  let count: Int
  /// Where they begin, in bytes.
  let dataStart: Int
  private let url: URL

  init(_ file: MappedFile) throws(CheckpointError) {
    let bytes = file.bytes
    url = file.url
    guard bytes.count >= 12, bytes[0] == 0x93, bytes[1..<6].elementsEqual("NUMPY".utf8) else {
      throw Self.damaged(file.url, "it does not begin as a NumPy file does")
    }
    guard (1...3).contains(bytes[6]) else {
      throw Self.unsupported(file.url, "version", known: "1 to 3", found: "\(bytes[6])")
    }
    let start = bytes[6] == 1 ? 10 : 12
    let length = bytes[8..<start].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= 1 << 20, start + length <= bytes.count else {
      throw Self.damaged(file.url, "its header is longer than the file")
    }
    let text = String(decoding: bytes[start..<start + length], as: UTF8.self)
    dataStart = start + length
    guard let kind = Self.value("descr", text) else {
      throw Self.damaged(file.url, "its header does not say what its numbers are")
    }
    let name = kind.trimmingCharacters(in: CharacterSet(charactersIn: "'\""))
    guard let type = Self.types[name.drop { "<>|=".contains($0) }] else {
      throw Self.unsupported(
        file.url, "descr", known: Self.types.keys.sorted().joined(separator: ", "), found: kind)
    }
    self.type = type
    isBigEndian = name.hasPrefix(">")
    switch Self.value("fortran_order", text) {
    case "True": isByColumns = true
    case "False": isByColumns = false
    default: throw Self.damaged(file.url, "its header does not say how its numbers are ordered")
    }
    shape = try Self.shape(text, file.url)
    var count = 1
    for size in shape {
      let (product, overflows) = count.multipliedReportingOverflow(by: size)
      guard size >= 0, !overflows else { throw Self.damaged(file.url, "its shape is impossible") }
      count = product
    }
    self.count = count
    guard count <= bytes.count, bytes.count - dataStart == count * (type.bitCount / 8) else {
      throw Self.damaged(file.url, "it is not as long as its shape \(shape) says")
    }
  }

  func damaged(_ problem: String) -> CheckpointError { Self.damaged(url, problem) }

  private static func damaged(_ url: URL, _ problem: String) -> CheckpointError {
    .damaged(file: url, tensor: nil, offset: nil, problem: problem)
  }

  private static func unsupported(_ url: URL, _ key: String, known: String, found: String)
    -> CheckpointError
  {
    .unsupported(file: url.path, key: key, known: known, found: found)
  }

  /// The sizes in the tuple under `shape`; those of Python 2 may end in an L.
  private static func shape(_ text: String, _ url: URL) throws(CheckpointError) -> [Int] {
    guard let key = text.firstRange(of: "'shape':"),
      let open = text[key.upperBound...].firstIndex(of: "("),
      let close = text[open...].firstIndex(of: ")")
    else { throw damaged(url, "its header has no shape") }
    let entries = text[text.index(after: open)..<close].split(separator: ",")
      .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " L")) }.filter { !$0.isEmpty }
    let sizes = entries.compactMap { Int($0) }
    guard sizes.count == entries.count else {
      throw damaged(url, "its shape (\(entries.joined(separator: ", "))) is none")
    }
    return sizes
  }

  /// What stands under a key of the dictionary, up to the next comma.
  private static func value(_ key: String, _ text: String) -> String? {
    guard let range = text.firstRange(of: "'\(key)':") else { return nil }
    let found = text[range.upperBound...].prefix { $0 != "," && $0 != "}" }
      .trimmingCharacters(in: .whitespacesAndNewlines)
    return found.isEmpty ? nil : found
  }

  private static let types: [Substring: StoredType] = [
    "f8": .F64, "f4": .F32, "f2": .F16, "i8": .I64, "i4": .I32, "i2": .I16, "i1": .I8,
    "u8": .U64, "u4": .U32, "u2": .U16, "u1": .U8, "b1": .BOOL,
  ]
}
