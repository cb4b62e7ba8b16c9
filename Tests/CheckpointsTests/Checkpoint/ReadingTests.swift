import Foundation
import Tensors
import TestSupport
import Testing

@testable import Checkpoints

@Suite struct ReadingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A file with one tensor `t` of the given bytes.
  private func open(_ type: String, count: Int, _ bytes: [UInt8]) throws -> Checkpoint {
    let entry = RawSafetensors.entry("t", type, "[\(count)]", 0, bytes.count)
    return try folder.open(RawSafetensors.bytes(Data("{\(entry)}".utf8), data: Data(bytes)))
  }

  private func stored<Number>(_ numbers: [Number]) -> [UInt8] {
    numbers.withUnsafeBytes { Array($0) }
  }

  /// Every bit pattern of the 16-bit types widens to the number that it stands for.
  @Test(arguments: [("F16", 5, 10), ("BF16", 8, 7)])
  func halfPrecision(_ type: String, _ exponentBits: Int, _ fractionBits: Int) throws {
    let patterns = (0...UInt16.max).map { $0 }
    let checkpoint = try open(type, count: patterns.count, stored(patterns))
    let expected = patterns.map { pattern -> Double in
      let sign: Double = pattern >> 15 == 0 ? 1 : -1
      let exponent = Int(pattern >> fractionBits) & (1 << exponentBits - 1)
      let fraction = Double(pattern & (1 << fractionBits - 1)) / Double(1 << fractionBits)
      let bias = 1 << (exponentBits - 1) - 1
      if exponent == 1 << exponentBits - 1 { return fraction == 0 ? sign * .infinity : .nan }
      if exponent == 0 { return sign * fraction * pow(2, Double(1 - bias)) }
      return sign * (1 + fraction) * pow(2, Double(exponent - bias))
    }
    let double = try checkpoint.tensor("t", as: Double.self, axes: ["n"]).elements
    let single = try checkpoint.tensor("t", as: Float.self, axes: ["n"]).elements
    expectClose(double, expected)
    expectClose(single.map(Double.init), expected)
    #expect(double[0x8000].sign == .minus)
  }

  @Test func doublesRoundToNearestAsSingles() throws {
    let numbers: [Double] = [
      0.1, -0x1p-1070, 1e300, -1e300, .nan, .infinity, 1 + 0x1p-24, 1e-46, 3,
    ]
    let checkpoint = try open("F64", count: numbers.count, stored(numbers))
    #expect(
      try checkpoint.tensor("t", as: Double.self, axes: ["n"]).elements.map(\.bitPattern)
        == numbers.map(\.bitPattern))
    expectClose(
      try checkpoint.tensor("t", as: Float.self, axes: ["n"]).elements,
      [0.1, -0, .infinity, -.infinity, .nan, .infinity, 1, 0, 3])
  }

  @Test func integersOfEveryWidth() throws {
    func check<Number: FixedWidthInteger>(_ type: String, _ numbers: [Number]) throws {
      let checkpoint = try open(type, count: numbers.count, stored(numbers))
      let (shape, values) = try checkpoint.integers("t")
      #expect(shape == [numbers.count])
      #expect(values == numbers.map { Int($0) }, "\(type)")
      #expect(
        try checkpoint.tensor("t", as: Double.self, axes: ["n"]).elements
          == numbers.map { Double($0) })
    }
    try check("I64", [Int64.min, -1, 0, .max])
    try check("I32", [Int32.min, -1, 0, .max])
    try check("I16", [Int16.min, -1, 0, .max])
    try check("I8", [Int8.min, -1, 0, .max])
    try check("U64", [UInt64(0), 1, UInt64(Int64.max)])
    try check("U32", [UInt32(0), 1, .max])
    try check("U16", [UInt16(0), 1, .max])
    try check("U8", [UInt8(0), 1, .max])
    #expect(try open("BOOL", count: 3, [0, 1, 2]).integers("t").values == [0, 1, 1])
  }

  @Test func numbersThatCannotBeReadAreErrors() throws {
    let large = try open("U64", count: 1, stored([UInt64.max]))
    #expect(
      checkpointError { _ = try large.integers("t") }
        == .integerOutOfRange(tensor: "t", file: folder.file("model.safetensors")))
    let floats = try open("F32", count: 1, stored([Float(1)]))
    #expect(
      checkpointError { _ = try floats.integers("t") }?.description.contains("F32") == true)
    for type in StoredType.allCases where !type.isReadable {
      let count = 8
      let bytes = [UInt8](repeating: 0, count: count * type.bitCount / 8)
      let checkpoint = try open(type.rawValue, count: count, bytes)
      let error = checkpointError { _ = try checkpoint.tensor("t", as: Float.self, axes: ["n"]) }
      #expect(error?.description.contains(type.rawValue) == true)
    }
  }

  /// The address must be inside the mapping for aligned data, and outside of it for unaligned data.
  @Test func onlyUnalignedNumbersAreCopied() throws {
    let numbers: [Float] = [1.5, -2, 3]
    for shift in 0..<4 {
      let first = RawSafetensors.entry("pad", "U8", "[\(shift)]", 0, shift)
      let second = RawSafetensors.entry("t", "F32", "[3]", shift, shift + 12)
      var header = "{\(first),\(second)}"
      header += String(repeating: " ", count: 8 - header.utf8.count % 8)
      let checkpoint = try folder.open(
        RawSafetensors.bytes(Data(header.utf8), data: Data(count: shift) + Data(stored(numbers))))
      let tensor = try checkpoint.tensor("t", as: Float.self, axes: ["n"])
      #expect(tensor.elements == numbers)
      let mapping = checkpoint.weights[0].bytes
      let isInside = tensor.withElements { elements in
        guard let start = mapping.baseAddress, let address = elements.baseAddress else {
          return false
        }
        return (start..<start + mapping.count).contains(UnsafeRawPointer(address))
      }
      #expect(isInside == (shift == 0))
    }
  }

  @Test func scalarsAndEmptyTensors() throws {
    let bytes = RawSafetensors.bytes(
      Data(
        ("{" + RawSafetensors.entry("one", "F32", "[]", 0, 4) + ","
          + RawSafetensors.entry("none", "F32", "[3,0]", 4, 4) + ","
          + RawSafetensors.entry("half", "F16", "[0]", 4, 4) + "}").utf8),
      data: Data(stored([Float(7)])))
    let checkpoint = try folder.open(bytes)
    #expect(try checkpoint.tensor("one", as: Float.self, axes: []).elements == [7])
    #expect(try checkpoint.tensor("none", as: Float.self, axes: ["a", "b"]).elements == [])
    #expect(try checkpoint.tensor("half", as: Double.self, axes: ["a"]).elements == [])
    #expect(try checkpoint.tensor("none", as: Double.self, axes: ["a", "b"]).shape == [3, 0])
  }

  @Test func wrongShapesAndNamesAreErrors() throws {
    let checkpoint = try open("F32", count: 2, stored([Float(1), 2]))
    let shape = checkpointError {
      _ = try checkpoint.tensor("t", as: Float.self, axes: ["n"], shape: [3])
    }
    #expect(shape?.description.contains("[2] where [3] was expected") == true)
    let rank = checkpointError { _ = try checkpoint.tensor("t", as: Float.self, axes: ["a", "b"]) }
    #expect(
      rank?.description.contains("[2] where 2 dimensions") == true, "\(String(describing: rank))")
    #expect(
      checkpointError { _ = try checkpoint.integers("s") }
        == .missingTensor(name: "s", nearest: nil))
    #expect(checkpoint.missing(["a", "t", "b"]) == ["a", "b"])
  }

  @Test func theNearestNameIsFound() {
    let names = ["model.layers.0.mlp.up_proj.weight", "model.norm.weight", "lm_head.weight"]
    #expect(NearestName.find("model.norm.wieght", in: names) == "model.norm.weight")
    #expect(NearestName.find("lm_head.bias", in: names) == "lm_head.weight")
    #expect(NearestName.find("zzz", in: names) == nil)
    #expect(NearestName.find("zzz", in: []) == nil)
    #expect(NearestName.find("lamma", in: ["gpt2", "llama"], limit: 2) == "llama")
    #expect(NearestName.find("gemma", in: ["gpt2", "llama"], limit: 2) == nil)
  }
}
