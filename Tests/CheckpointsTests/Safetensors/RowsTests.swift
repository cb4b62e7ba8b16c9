import Foundation
import TestSupport
import Tensors
import Testing

@testable import Checkpoints

/// Files whose rows come in any order.
@Suite struct RowsTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  static func rows(_ range: Range<Int>, width: Int, factor: Float) -> AnyTensor {
    AnyTensor(
      Tensor<Float>(
        ["token", .width], [range.count, width],
        range.flatMap { row in (0..<width).map { factor * Float(100 * row + $0) } }))
  }

  static func begin(_ url: URL, overwrite: Bool = false) throws(CheckpointError) -> SafetensorsRows
  {
    try SafetensorsRows(
      [("a", 3), ("b", 1)], isDouble: false, rows: 10,
      metadata: ["tokens": String(repeating: "t", count: 50)], to: url, overwrite: overwrite)
  }

  static func read(_ url: URL, _ name: String) throws -> [Float] {
    try Checkpoint(contentsOf: url).tensor(
      name, as: Float.self, axes: ["token", .width], shape: nil
    )
    .elements
  }

  @Test func rowsComeInAnyOrder() throws {
    let url = folder.file("rows.safetensors")
    let file = try Self.begin(url)
    #expect(!FileManager.default.fileExists(atPath: url.path))
    for range in [7..<10, 0..<4, 4..<7] {
      try file.write(Self.rows(range, width: 3, factor: 1), matrix: 0, row: range.lowerBound)
      try file.write(Self.rows(range, width: 1, factor: -1), matrix: 1, row: range.lowerBound)
    }
    try file.commit()
    #expect(
      try Self.read(url, "a") == (0..<10).flatMap { row in (0..<3).map { Float(100 * row + $0) } })
    #expect(try Self.read(url, "b") == (0..<10).map { Float(-100 * $0) })
    #expect(try SafetensorsFile.metadata(of: url)["tokens"]?.count == 50)
    #expect(checkpointError { _ = try Self.begin(url) } == .alreadyExists(file: url))
  }

  @Test func whatIsThereIsKept() throws {
    let url = folder.file("part.safetensors")
    let file = try Self.begin(url)
    for range in [8..<10, 2..<5] {
      try file.write(Self.rows(range, width: 3, factor: 1), matrix: 0, row: range.lowerBound)
      try file.write(Self.rows(range, width: 1, factor: -1), matrix: 1, row: range.lowerBound)
    }
    try file.commit(keeping: [2..<5, 8..<10], metadata: ["tokens": "stopped"])
    let kept = [2, 3, 4, 8, 9]
    #expect(
      try Self.read(url, "a") == kept.flatMap { row in (0..<3).map { Float(100 * row + $0) } })
    #expect(try Self.read(url, "b") == kept.map { Float(-100 * $0) })
    #expect(try SafetensorsFile.metadata(of: url) == ["tokens": "stopped"])
  }

  @Test func whatDoesNotFitIsRefused() throws {
    let url = folder.file("never.safetensors")
    do {
      let file = try Self.begin(url)
      #expect(throws: CheckpointError.self) {
        try file.write(Self.rows(8..<11, width: 3, factor: 1), matrix: 0, row: 8)
      }
      #expect(throws: CheckpointError.self) {
        try file.write(
          AnyTensor(Tensor<Double>(["token", .width], [1, 3], [1, 2, 3])), matrix: 0, row: 0)
      }
    }
    #expect(!FileManager.default.fileExists(atPath: url.path))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
  }
}
