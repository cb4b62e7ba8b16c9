import Foundation
import Tensors

/// Arrays in an uncompressed `.npz` file, as `numpy.savez` writes it.
struct NumPyArchive {
  enum Problem: Error { case notAnArchive, noArray(String) }

  private let bytes: [UInt8]
  private var entries: [String: Range<Int>] = [:]

  init(_ url: URL) throws {
    bytes = Array(try Data(contentsOf: url))
    // The directory lies at the end, and the record that tells where, behind it.
    guard let end = bytes.indices.last(where: { bytes[$0...].starts(with: [80, 75, 5, 6]) }) else {
      throw Problem.notAnArchive
    }
    var place = number(end + 16, 4)
    for _ in 0..<number(end + 10, 2) {
      let size = number(place + 20, 4)
      let nameLength = number(place + 28, 2)
      let name = String(decoding: bytes[place + 46..<place + 46 + nameLength], as: UTF8.self)
      let local = number(place + 42, 4)
      let start = local + 30 + number(local + 26, 2) + number(local + 28, 2)
      entries[name] = start..<start + size
      place += 46 + nameLength + number(place + 30, 2) + number(place + 32, 2)
    }
  }

  private func number(_ place: Int, _ size: Int) -> Int {
    (0..<size).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
  }

  var names: Set<String> { Set(entries.keys.map { String($0.dropLast(4)) }) }

  /// The shape and the numbers of an array of `<f4` or `<f8`.
  func array(_ name: String) throws -> (shape: [Int], numbers: [Double]) {
    guard let range = entries[name + ".npy"] else { throw Problem.noArray(name) }
    let headerLength = number(range.lowerBound + 8, 2)
    let body = range.lowerBound + 10 + headerLength
    let header = String(decoding: bytes[range.lowerBound + 10..<body], as: UTF8.self)
    let inner = header.split(separator: "(")[1].split(
      separator: ")", omittingEmptySubsequences: false)[0]
    let shape = inner.split(separator: ",").compactMap {
      Int($0.trimmingCharacters(in: .whitespaces))
    }
    let isSingle = header.contains("<f4")
    let size = isSingle ? 4 : 8
    let numbers = stride(from: body, to: range.upperBound, by: size).map { place in
      isSingle
        ? Double(Float(bitPattern: UInt32(number(place, 4))))
        : Double(
          bitPattern: (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[place + $1]) << (8 * $1) })
    }
    return (shape, numbers)
  }

  func matrix(_ name: String) throws -> Matrix {
    let (shape, numbers) = try array(name)
    return Matrix(rows: shape[0], columns: shape[1], numbers)
  }

  func number(_ name: String) throws -> Double { try array(name).numbers[0] }
}
