import Testing

@testable import Tensors

@Suite struct TensorTests {
  /// Some memory of our own that a tensor borrows.
  final class Page: @unchecked Sendable {
    let memory: UnsafeMutableBufferPointer<Float>

    init(_ values: [Float]) {
      memory = .allocate(capacity: values.count)
      _ = memory.initialize(from: values)
    }

    deinit { memory.deallocate() }

    func tensor(_ shape: [Int]) throws -> Tensor<Float> {
      let start = try #require(memory.baseAddress)
      return Tensor(
        borrowing: UnsafeRawPointer(start), owner: self, axes: shape.map { _ in .width },
        shape: shape)
    }
  }

  @Test func elementsAreRowMajor() {
    var tensor = Tensor<Double>([.row, .width], [2, 3], [1, 2, 3, 4, 5, 6])
    #expect(tensor[1, 0] == 4)
    tensor[0, 2] = 9
    #expect(tensor.elements == [1, 2, 9, 4, 5, 6])
    let flat = tensor.reshaped([.width], [6])
    #expect(flat[5] == 6)
    #expect(flat.axes == [.width])
  }

  @Test func normalNumbersAreThoseOfTheGenerator() {
    let count = 70_001
    var generator = SeededGenerator(seed: 3, name: "numbers")
    let expected = (0..<count).map { _ in 1 + 0.5 * generator.normal() }
    let source = SeededGenerator(seed: 3, name: "numbers")
    let drawn = Tensor<Double>(
      normal: [.width], [count], mean: 1, deviation: 0.5, from: source)
    #expect(drawn.elements == expected)
    let single = Tensor<Float>(
      normal: [.width], [count], mean: 1, deviation: 0.5, from: source)
    #expect(single.elements == expected.map { Float($0) })
  }

  @Test func writingToACopyLeavesTheOriginal() {
    let original = Tensor<Float>([.width], [3], [1, 2, 3])
    var copy = original
    copy[1] = 7
    Kernels.scale(&copy, by: 2)
    #expect(original.elements == [1, 2, 3])
    #expect(copy.elements == [2, 14, 6])
  }

  @Test func borrowedMemoryIsNeverWritten() throws {
    let page = Page([1, 2, 3, 4])
    var tensor = try page.tensor([2, 2])
    Kernels.add(&tensor, Tensor([.row, .width], [2, 2], [1, 1, 1, 1]))
    #expect(tensor.elements == [2, 3, 4, 5])
    #expect(Array(page.memory) == [1, 2, 3, 4])
  }

  @Test func borrowedMemoryLivesAsLongAsTheTensor() throws {
    weak var owner: Page?
    do {
      var tensor: Tensor<Float>?
      do {
        let page = Page([5, 6])
        owner = page
        tensor = try page.tensor([2])
      }
      #expect(owner != nil)
      #expect(tensor?.elements == [5, 6])
      tensor = nil
    }
    #expect(owner == nil)
  }

  @Test func precisionsConvert() {
    let wide = Tensor<Double>([.width], [3], [0.1, -2, 1e300])
    #expect(wide.converted(to: Float.self).elements == [0.1, -2, .infinity])
    #expect(wide.converted(to: Double.self).elements == [0.1, -2, 1e300])
    #expect(Tensor<Float>([.width], [1], [0.1]).converted(to: Double.self)[0] == Double(Float(0.1)))
  }

  @Test func axesAreCalledByTheirNames() {
    #expect(Axis.headWidth.description == "head width")
    #expect(Axis("query") == .query)
    #expect("key" as Axis == .key)
    #expect(Float.precisionName == "f32" && Double.precisionName == "f64")
  }
}

@Suite struct FiniteRowTests {
  @Test(arguments: [1, 7, 8, 19])
  func rowsWithNaNAndInfinitiesAreFound(_ width: Int) {
    var elements = [Double](repeating: 3, count: 50 * width)
    elements[4 * width + width - 1] = .nan
    elements[20 * width] = .infinity
    elements[21 * width + width / 2] = -.infinity
    elements[30 * width] = .greatestFiniteMagnitude
    let double = Tensor<Double>(["row", .width], [50, width], elements)
    #expect(AnyTensor.double(double).rowsNotFinite == [4, 20, 21])
    elements[30 * width] = 0
    let single = Tensor<Float>(["row", .width], [50, width], elements.map { Float($0) })
    #expect(AnyTensor.single(single).rowsNotFinite == [4, 20, 21])
    #expect(AnyTensor.single(Tensor(zeros: ["row", .width], [3, width])).rowsNotFinite.isEmpty)
  }
}
