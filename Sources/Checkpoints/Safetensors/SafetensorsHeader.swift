import Foundation

/// The checked header of a safetensors file: where which tensor lies.
///
/// A file is eight bytes with the header's length (little-endian), the header (a JSON object that
/// gives each tensor's type, shape and offsets), and the data, which the tensors must fill without
/// gaps or overlaps. These are the rules of the format's reference implementation; keys that occur
/// twice are refused here besides.
struct SafetensorsHeader {
  /// Longer headers than this are refused, as the format asks.
  static let longest = 100_000_000

  let tensors: [StoredTensor]
  /// The text notes of the file.
  let metadata: [String: String]

  init(of file: MappedFile) throws(CheckpointError) {
    let length = try Self.length(in: file)
    let bytes = UnsafeRawBufferPointer(rebasing: file.bytes[8..<8 + length])
    let entries = try JSONFile.decode(
      HeaderEntries.self, from: Data(bytes), of: file.url, at: 8, allowsJSON5: false)
    if let key = RepeatedKey.find(in: bytes) {
      throw .damaged(
        file: file.url, tensor: nil, offset: 8, problem: "the key \"\(key)\" occurs twice")
    }
    let data = 8 + length..<file.bytes.count
    var tensors: [StoredTensor] = []
    for (name, entry) in entries.tensors {
      tensors.append(try Self.tensor(name, entry, in: data, of: file.url))
    }
    tensors.sort {
      ($0.byteRange.lowerBound, $0.byteRange.upperBound)
        < ($1.byteRange.lowerBound, $1.byteRange.upperBound)
    }
    try Self.checkCover(of: data, by: tensors, file: file.url)
    self.tensors = tensors
    metadata = entries.metadata
  }

  private static func length(in file: MappedFile) throws(CheckpointError) -> Int {
    let count = file.bytes.count
    guard count >= 8 else {
      throw .damaged(
        file: file.url, tensor: nil, offset: 0,
        problem: count == 0
          ? "it is empty" : "it has \(count) bytes, too few for a header's length")
    }
    let length = UInt64(littleEndian: file.bytes.loadUnaligned(as: UInt64.self))
    guard length <= UInt64(longest) else {
      throw .damaged(
        file: file.url, tensor: nil, offset: 0,
        problem: "it claims a header of \(length) bytes, and \(longest) is the most")
    }
    guard Int(length) <= count - 8 else {
      throw .damaged(
        file: file.url, tensor: nil, offset: 0,
        problem: "it claims a header of \(length) bytes, and \(count - 8) follow")
    }
    return Int(length)
  }

  private static func tensor(
    _ name: String, _ entry: HeaderEntries.Entry, in data: Range<Int>, of file: URL
  ) throws(CheckpointError) -> StoredTensor {
    func damaged(_ problem: String) -> CheckpointError {
      .damaged(file: file, tensor: name, offset: nil, problem: problem)
    }
    guard let type = StoredType(rawValue: entry.dtype) else {
      throw damaged("its type \"\(entry.dtype)\" is not one of the format's")
    }
    guard entry.shape.allSatisfy({ $0 >= 0 }) else {
      throw damaged("its shape \(entry.shape) has a negative size")
    }
    guard let byteCount = type.byteCount(of: entry.shape) else {
      throw damaged("its shape \(entry.shape) as \(type.rawValue) makes no possible size")
    }
    guard entry.data_offsets.count == 2 else {
      throw damaged("it has \(entry.data_offsets.count) offsets, and not a start and an end")
    }
    let (start, end) = (entry.data_offsets[0], entry.data_offsets[1])
    guard 0 <= start, start <= end, end <= data.count else {
      throw damaged(
        "its offsets \(start) to \(end) do not lie in the data, which has \(data.count) bytes")
    }
    guard end - start == byteCount else {
      throw damaged(
        "its shape \(entry.shape) as \(type.rawValue) takes \(byteCount) bytes, and its offsets "
          + "\(start) to \(end) hold \(end - start)")
    }
    return StoredTensor(
      name: name, type: type, shape: entry.shape, file: file,
      byteRange: data.lowerBound + start..<data.lowerBound + end)
  }

  /// Checks that the tensors, in the order of their places, fill the data exactly.
  private static func checkCover(
    of data: Range<Int>, by tensors: [StoredTensor], file: URL
  ) throws(CheckpointError) {
    var end = data.lowerBound
    for tensor in tensors {
      let start = tensor.byteRange.lowerBound
      guard start == end else {
        throw .damaged(
          file: file, tensor: tensor.name, offset: start,
          problem: start < end
            ? "it overlaps the tensor before it"
            : "\(start - end) bytes before it belong to no tensor")
      }
      end = tensor.byteRange.upperBound
    }
    guard end == data.upperBound else {
      throw .damaged(
        file: file, tensor: nil, offset: end,
        problem: "\(data.upperBound - end) bytes at its end belong to no tensor")
    }
  }
}
