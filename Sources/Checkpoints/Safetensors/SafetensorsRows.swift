import Foundation
import Tensors

/// A safetensors file of matrices whose rows are written in any order: for what does not fit into
/// memory.
///
/// The file is at its place when it is committed, with all its rows or with those that are there.
public struct SafetensorsRows: ~Copyable {
  private let file: AtomicFile
  private let names: [String]
  private let widths: [Int]
  private let type: StoredType
  private let rows: Int
  /// Where the data begins.
  private let start: Int

  /// How much longer the header of fewer rows may be.
  private static let slack = 4096

  /// Begins a file.
  ///
  /// - Parameters:
  ///   - matrices: The names of the matrices and the lengths of their rows.
  ///   - isDouble: Whether the numbers are float64, else float32.
  ///   - rows: How many rows all of them have.
  /// - Throws: `CheckpointError` when a name is used twice, a file is there that must stay, or the
  ///   disk has no room.
  public init(
    _ matrices: [(name: String, width: Int)], isDouble: Bool, rows: Int,
    metadata: [String: String], to url: URL, overwrite: Bool
  ) throws(CheckpointError) {
    let (names, widths) = (matrices.map(\.name), matrices.map(\.width))
    let type = isDouble ? StoredType.F64 : .F32
    try SafetensorsFile.checkNames(names, url)
    let entries = Self.entries(names, widths, type, rows: rows, metadata)
    let start = try SafetensorsFile.header(entries, url).count + Self.slack
    let file = try AtomicFile(url, overwrite: overwrite)
    try file.reserve(start + Self.place(widths.count, widths, type, rows: rows))
    try Self.write(entries, to: file, size: start)
    self.file = file
    (self.names, self.widths, self.type) = (names, widths, type)
    (self.rows, self.start) = (rows, start)
  }

  /// Writes rows of a matrix, from a row on.
  ///
  /// - Throws: `CheckpointError` when they do not fit or cannot be written.
  public func write(_ values: AnyTensor, matrix: Int, row: Int) throws(CheckpointError) {
    switch values {
    case .single(let tensor): try write(tensor, matrix, row)
    case .double(let tensor): try write(tensor, matrix, row)
    }
  }

  private func write<Element: Scalar>(
    _ tensor: Tensor<Element>, _ matrix: Int, _ row: Int
  ) throws(CheckpointError) {
    let width = widths[matrix]
    guard StoredType(of: Element.self) == type, tensor.count % max(width, 1) == 0, row >= 0,
      row + tensor.count / max(width, 1) <= rows
    else {
      throw .unwritable(file: file.url, reason: "rows do not fit into `\(names[matrix])`")
    }
    let size = type.bitCount / 8
    let place = start + Self.place(matrix, widths, type, rows: rows) + row * width * size
    var failure: CheckpointError?
    tensor.withElements { elements in
      do throws(CheckpointError) {
        try file.put(UnsafeRawBufferPointer(elements), at: place)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  /// Puts the file in its place, with all rows.
  ///
  /// - Throws: `CheckpointError` as `AtomicFile.commit`.
  public consuming func commit() throws(CheckpointError) { try file.commit() }

  /// Puts the file in its place with some of the rows.
  ///
  /// - Parameters:
  ///   - kept: Ranges of rows, ascending.
  ///   - metadata: The notes, which may be at most a little longer than before.
  /// - Throws: `CheckpointError` as `AtomicFile.commit`.
  public consuming func commit(
    keeping kept: [Range<Int>], metadata: [String: String]
  ) throws(CheckpointError) {
    let count = kept.reduce(0) { $0 + $1.count }
    // What is kept moves forwards only, so that nothing is written over before it was read.
    for matrix in widths.indices {
      let size = widths[matrix] * type.bitCount / 8
      let old = start + Self.place(matrix, widths, type, rows: rows)
      var target = start + Self.place(matrix, widths, type, rows: count)
      for range in kept {
        let source = old + range.lowerBound * size..<old + range.upperBound * size
        if source.lowerBound != target { try file.move(source, to: target) }
        target += source.count
      }
    }
    let entries = Self.entries(names, widths, type, rows: count, metadata)
    try Self.write(entries, to: file, size: start)
    try file.cut(to: start + Self.place(widths.count, widths, type, rows: count))
    try file.commit()
  }

  private static func write(
    _ entries: HeaderEntries, to file: borrowing AtomicFile, size: Int
  ) throws(CheckpointError) {
    let header = try SafetensorsFile.header(entries, file.url, size: size)
    var failure: CheckpointError?
    header.withUnsafeBytes { bytes in
      do throws(CheckpointError) {
        try file.put(bytes, at: 0)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  /// Where a matrix begins in the data.
  private static func place(
    _ matrix: Int, _ widths: [Int], _ type: StoredType, rows: Int
  ) -> Int {
    widths[..<matrix].reduce(0) { $0 + $1 * rows } * type.bitCount / 8
  }

  private static func entries(
    _ names: [String], _ widths: [Int], _ type: StoredType, rows: Int, _ metadata: [String: String]
  ) -> HeaderEntries {
    let tensors = names.indices.map { matrix in
      let start = place(matrix, widths, type, rows: rows)
      let entry = HeaderEntries.Entry(
        dtype: type.rawValue, shape: [rows, widths[matrix]],
        data_offsets: [start, place(matrix + 1, widths, type, rows: rows)])
      return (names[matrix], entry)
    }
    return HeaderEntries(tensors: tensors, metadata: metadata)
  }
}
