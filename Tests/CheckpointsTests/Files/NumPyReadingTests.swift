import Checkpoints
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct NumPyReadingTests {
  private func file(
    _ descr: String, _ shape: String, _ data: [UInt8], order: String = "False"
  ) throws -> URL {
    var header = "{'descr': '\(descr)', 'fortran_order': \(order), 'shape': \(shape), }"
    header += String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    let bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(header.utf8) + data
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("sonde-\(UUID().uuidString).npy")
    try Data(bytes).write(to: url)
    return url
  }

  @Test func whatWasWrittenIsReadBack() throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("sonde-\(UUID().uuidString).npy")
    defer { try? FileManager.default.removeItem(at: url) }
    let tensor = Tensor<Float>([.row, .position, .width], [2, 1, 3], [1, -2, 3.5, 4, 5, 6e-8])
    try NumPyFile.write(tensor, to: url)
    let read = try NumPyFile.read(url)
    #expect(read.shape == [2, 1, 3])
    #expect(read.elements == tensor.elements.map(Double.init))
  }

  @Test(
    arguments: [
      ("|u1", "(2, 2)", [0, 1, 127, 255], [0, 1, 127, 255]),
      ("<i2", "(2,)", [0xFF, 0xFF, 0x01, 0x02], [-1, 513]),
      ("|b1", "(3,)", [0, 1, 1], [0, 1, 1]),
      ("<f2", "()", [0x00, 0x3C], [1]),
      ("<f4", "(0, 3)", [], []),
    ] as [(String, String, [UInt8], [Double])])
  func numbersOfAnyKindAreRead(
    descr: String, shape: String, data: [UInt8], expected: [Double]
  ) throws {
    let url = try file(descr, shape, data)
    defer { try? FileManager.default.removeItem(at: url) }
    #expect(try NumPyFile.read(url).elements == expected)
  }

  struct Stored: Decodable {
    let shape: [Int]
    let elements: [Double]
  }

  private static let folder = SharedData.projectRoot.appendingPathComponent("Tests/Fixtures/Arrays")
  static let stored =
    (try? JSONDecoder().decode(
      [String: Stored].self,
      from: Data(contentsOf: folder.appendingPathComponent("expected.json")))) ?? [:]

  /// Every kind of number, order of bytes, order of axes and version of the header.
  @Test func whatNumPyWroteIsRead() throws {
    #expect(Self.stored.count > 50)
    for (name, expected) in Self.stored {
      let read = try NumPyFile.read(Self.folder.appendingPathComponent("\(name).npy"))
      #expect(read.shape == expected.shape, "\(name)")
      #expect(read.elements == expected.elements, "\(name)")
    }
  }

  @Test(arguments: [
    ("<f4", "(2,)", "False", 4), ("<f4", "(2,)", "False", 9), ("<c8", "(1,)", "False", 8),
    ("<f4", "(1,)", "Maybe", 4), ("<f4", "(-1,)", "False", 4), ("<f4", "(x,)", "False", 4),
    ("|O", "(1,)", "False", 8), ("<f8", "(9999999999, 9999999999)", "False", 8),
  ])
  func damagedFilesAreRefused(descr: String, shape: String, order: String, count: Int) throws {
    let url = try file(descr, shape, Array(repeating: 0, count: count), order: order)
    defer { try? FileManager.default.removeItem(at: url) }
    #expect(throws: CheckpointError.self) { try NumPyFile.read(url) }
  }

  @Test func everyShorterFileIsRefused() throws {
    let url = try file("<f4", "(1,)", [0, 0, 0, 0])
    defer { try? FileManager.default.removeItem(at: url) }
    let whole = try Data(contentsOf: url)
    for length in 0..<whole.count {
      try whole.prefix(length).write(to: url)
      #expect(throws: CheckpointError.self) { try NumPyFile.read(url) }
    }
  }
}
