import Foundation
import Tensors

/// Writes safetensors files.
public enum SafetensorsFile {
  /// A tensor of either precision with the name to store it under.
  public struct Entry: Sendable {
    /// The name in the file.
    public let name: String
    let type: StoredType
    let shape: [Int]
    let write: @Sendable (borrowing AtomicFile) throws(CheckpointError) -> Void

    /// `tensor`, to be stored as `name`.
    public init<Element: Scalar>(_ name: String, _ tensor: Tensor<Element>) {
      self.name = name
      type = StoredType(of: Element.self)
      shape = tensor.shape
      write = { file throws(CheckpointError) in try file.append(tensor) }
    }

    /// `tensor`, rounded to half precision (binary16, to the nearest, ties to even), to be stored as
    /// `name`.
    public init(halving tensor: Tensor<Float>, as name: String) {
      self.name = name
      type = .F16
      shape = tensor.shape
      write = { file throws(CheckpointError) in
        try file.append(tensor.withElements { HalfNumbers.data(of: $0) })
      }
    }

    var byteCount: Int { shape.reduce(type.bitCount / 8, *) }
  }

  /// Writes tensors and text notes into one file, whole or not at all.
  ///
  /// Wider numbers come first, so that every tensor lies aligned in the file.
  ///
  /// - Throws: `CheckpointError` when a name is used twice or is the format's own, or the file
  ///   cannot be written.
  public static func write(
    _ tensors: [Entry], metadata: [String: String] = [:], to url: URL, overwrite: Bool = false
  ) throws(CheckpointError) {
    try write(tensors, metadata: metadata, to: url, replacing: overwrite ? .own : .none)
  }

  /// Writes tensors and text notes into one file, whole or not at all.
  ///
  /// - Throws: As `write` with `overwrite`.
  public static func write(
    _ tensors: [Entry], metadata: [String: String] = [:], to url: URL,
    replacing: AtomicFile.Replacing
  ) throws(CheckpointError) {
    try checkNames(tensors.map(\.name), url)
    let ordered = [64, 32, 16].flatMap { bits in tensors.filter { $0.type.bitCount == bits } }
    var entries = HeaderEntries(tensors: [], metadata: metadata)
    var end = 0
    for tensor in ordered {
      let start = end
      end += tensor.byteCount
      let entry = HeaderEntries.Entry(
        dtype: tensor.type.rawValue, shape: tensor.shape, data_offsets: [start, end])
      entries.tensors.append((tensor.name, entry))
    }
    let file = try AtomicFile(url, replacing: replacing)
    try file.append(try header(entries, url))
    for tensor in ordered { try tensor.write(file) }
    try file.commit()
  }

  /// The text notes of a file.
  ///
  /// - Throws: `CheckpointError` when it is no safetensors file.
  public static func metadata(of url: URL) throws(CheckpointError) -> [String: String] {
    try SafetensorsHeader(of: MappedFile(url)).metadata
  }

  static func checkNames(_ used: [String], _ url: URL) throws(CheckpointError) {
    var names: Set<String> = []
    for name in used {
      guard name != HeaderEntries.metadataKey else {
        throw .unwritable(file: url, reason: "`\(name)` cannot be a tensor's name")
      }
      guard names.insert(name).inserted else {
        throw .unwritable(file: url, reason: "two tensors are called `\(name)`")
      }
    }
  }

  /// The length, and the header padded with spaces so that the data begins at a multiple of eight, and
  /// at `size` where that is given.
  static func header(
    _ entries: HeaderEntries, _ url: URL, size: Int? = nil
  ) throws(CheckpointError) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var json: Data
    do {
      json = try encoder.encode(entries)
    } catch {
      throw .unwritable(file: url, reason: "its header has no JSON form")
    }
    let padding = size.map { $0 - 8 - json.count } ?? (8 - json.count % 8) % 8
    guard padding >= 0 else {
      throw .unwritable(file: url, reason: "its header has grown out of its place")
    }
    json.append(Data(repeating: UInt8(ascii: " "), count: padding))
    guard json.count <= SafetensorsHeader.longest else {
      throw .unwritable(file: url, reason: "its header is longer than the format allows")
    }
    var length = UInt64(json.count).littleEndian
    return Data(bytes: &length, count: 8) + json
  }
}
