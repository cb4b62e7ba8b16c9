import Foundation
import Tensors
import TestSupport
import Testing

@testable import Checkpoints

@Suite struct WriterTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func whatIsWrittenIsRead() throws {
    let single = Tensor<Float>(
      ["a", "b"], [2, 3], [1, -0.0, .infinity, .leastNonzeroMagnitude, 5, 6])
    let double = Tensor<Double>(["a"], [2], [0.1, -1e300])
    let scalar = Tensor<Float>([], [], [7])
    let empty = Tensor<Float>(["a", "b"], [0, 4], [])
    let place = folder.file("out.safetensors")
    let name = "späße \"quoted\" / \\ \u{1F40D}\n"
    try SafetensorsFile.write(
      [
        .init(name, single), .init("scalar", scalar), .init("double", double),
        .init("empty", empty),
      ],
      metadata: ["made by": "a test"], to: place)

    let checkpoint = try Checkpoint(contentsOf: place)
    #expect(Set(checkpoint.names) == [name, "scalar", "double", "empty"])
    let read = try checkpoint.tensor(name, as: Float.self, axes: ["a", "b"], shape: [2, 3])
    #expect(read.elements.map(\.bitPattern) == single.elements.map(\.bitPattern))
    #expect(
      try checkpoint.tensor("double", as: Double.self, axes: ["a"]).elements == double.elements)
    #expect(try checkpoint.tensor("scalar", as: Float.self, axes: []).elements == [7])
    #expect(checkpoint.stored("empty")?.shape == [0, 4])
    #expect(checkpoint.stored("double").map { $0.byteRange.lowerBound % 8 } == 0)
    #expect(checkpoint.stored(name).map { $0.byteRange.lowerBound % 4 } == 0)
  }

  @Test func anEmptyFileIsAFile() throws {
    let place = folder.file("out.safetensors")
    try SafetensorsFile.write([], to: place)
    #expect(try Checkpoint(contentsOf: place).names == [])
  }

  @Test func namesMustDiffer() throws {
    let tensor = Tensor<Float>(["a"], [1], [1])
    let place = folder.file("out.safetensors")
    let twice = checkpointError {
      try SafetensorsFile.write([.init("x", tensor), .init("x", tensor)], to: place)
    }
    #expect(twice?.description.contains("two tensors are called `x`") == true)
    #expect(
      checkpointError { try SafetensorsFile.write([.init("__metadata__", tensor)], to: place) }
        != nil)
    #expect(!FileManager.default.fileExists(atPath: place.path))
  }

  /// The bytes that NumPy itself writes for the same array.
  @Test func arraysForNumPy() throws {
    let place = folder.file("out.npy")
    try NumPyFile.write(Tensor<Float>(["a", "b"], [2, 2], [1, 2, 3, 4]), to: place)
    let bytes = try Data(contentsOf: place)
    let dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }"
    #expect(bytes.prefix(10) == Data([0x93] + "NUMPY".utf8 + [1, 0, 118, 0]))
    #expect(
      bytes[10..<128]
        == Data((dictionary + String(repeating: " ", count: 117 - dictionary.count) + "\n").utf8))
    #expect(bytes.count == 128 + 16)
    #expect(Array(bytes.suffix(4)) == [0, 0, 0x80, 0x40])
  }

  @Test(arguments: [([], "()"), ([3], "(3,)"), ([2, 0, 4], "(2, 0, 4)")])
  func shapesForNumPy(_ shape: [Int], _ text: String) throws {
    let place = folder.file("out.npy")
    let count = shape.reduce(1, *)
    let axes = shape.map { Axis("\($0)") }
    try NumPyFile.write(
      Tensor<Double>(axes, shape, (0..<count).map(Double.init)), to: place, overwrite: true)
    let bytes = try Data(contentsOf: place)
    #expect(bytes.count == 128 + 8 * count)
    #expect(
      String(decoding: bytes[10..<128], as: UTF8.self).hasPrefix(
        "{'descr': '<f8', 'fortran_order': False, 'shape': \(text), }"))
  }
}
