import Foundation
import Tensors

extension NumPyFile {
  /// Reads an array of numbers or truth values, row-major and little-endian; axes are called
  /// `axis0`, `axis1` and so on.
  ///
  /// - Throws: `CheckpointError` when the file is none of the format, holds something else than
  ///   numbers, or is not as long as its header says.
  public static func read(_ url: URL) throws(CheckpointError) -> Tensor<Double> {
    let file = try MappedFile(url)
    let header = try Header(file)
    let converted = ConvertedNumbers<Double>(count: header.count)
    let data = UnsafeRawBufferPointer(rebasing: file.bytes[header.dataStart...])
    guard converted.fill(from: data, storedAs: header.type) else {
      throw header.damaged("it holds no numbers")
    }
    try file.verify()
    return Tensor(
      borrowing: UnsafeRawPointer(converted.numbers), owner: converted,
      axes: header.shape.indices.map { Axis("axis\($0)") }, shape: header.shape)
  }

  /// What stands before the numbers.
  private struct Header {
    let url: URL
    let type: StoredType
    let shape: [Int]
    let count: Int
    let dataStart: Int

    init(_ file: MappedFile) throws(CheckpointError) {
      let bytes = file.bytes
      url = file.url
      guard bytes.count >= 12, bytes[0] == 0x93, bytes[1..<6].elementsEqual("NUMPY".utf8) else {
        throw Self.damaged(file.url, "it does not begin as a NumPy file does")
      }
      let isShort = bytes[6] == 1
      let lengths = isShort ? bytes[8..<10] : bytes[8..<12]
      let length = lengths.reversed().reduce(0) { $0 << 8 | Int($1) }
      let start = isShort ? 10 : 12
      guard length <= 1 << 20, start + length <= bytes.count else {
        throw Self.damaged(file.url, "its header is longer than the file")
      }
      let text = String(decoding: bytes[start..<start + length], as: UTF8.self)
      guard let kind = Self.entry("descr", text), let type = Self.types[kind] else {
        throw Self.damaged(
          file.url, "its numbers are of the kind \(Self.entry("descr", text) ?? "none")")
      }
      guard text.contains("'fortran_order': False") else {
        throw Self.damaged(file.url, "its numbers lie column by column (fortran_order)")
      }
      guard let open = text.firstIndex(of: "("), let close = text[open...].firstIndex(of: ")")
      else {
        throw Self.damaged(file.url, "its header has no shape")
      }
      let entries = text[text.index(after: open)..<close].split(separator: ",")
        .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
      let sizes = entries.compactMap { Int($0) }
      var count = 1
      for size in sizes {
        let (product, overflows) = count.multipliedReportingOverflow(by: size)
        guard size >= 0, !overflows else { throw Self.damaged(file.url, "its shape is impossible") }
        count = product
      }
      let width = type.bitCount / 8
      guard sizes.count == entries.count, count <= bytes.count,
        bytes.count - start - length == count * width
      else {
        throw Self.damaged(
          file.url, "it is not as long as its shape (\(entries.joined(separator: ", "))) says")
      }
      self.type = type
      self.count = count
      shape = sizes
      dataStart = start + length
    }

    func damaged(_ problem: String) -> CheckpointError { Self.damaged(url, problem) }

    private static func damaged(_ url: URL, _ problem: String) -> CheckpointError {
      .damaged(file: url, tensor: nil, offset: nil, problem: problem)
    }

    /// The text under a key of the header's dictionary.
    private static func entry(_ key: String, _ text: String) -> String? {
      guard let range = text.firstRange(of: "'\(key)':") else { return nil }
      let rest = text[range.upperBound...].drop { $0 == " " }
      guard rest.first == "'" else { return nil }
      return String(rest.dropFirst().prefix { $0 != "'" })
    }

    private static let types: [String: StoredType] = [
      "<f8": .F64, "<f4": .F32, "<f2": .F16, "<i8": .I64, "<i4": .I32, "<i2": .I16, "|i1": .I8,
      "<u8": .U64, "<u4": .U32, "<u2": .U16, "|u1": .U8, "|b1": .BOOL,
    ]
  }
}
