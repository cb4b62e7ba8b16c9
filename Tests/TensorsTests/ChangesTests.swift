import Testing

@testable import Tensors

@Suite struct ChangesTests {
  @Test(arguments: [WeightLayout.inputByOutput, .outputByInput])
  func headOutputsSumToTheProduct(layout: WeightLayout) throws {
    var numbers = Numbers(seed: 40)
    let z: Tensor<Double> = numbers.tensor([.row, .position, .width], [2, 3, 12])
    let matrix: Tensor<Double> = numbers.tensor(
      ["a", "b"], layout == .inputByOutput ? [12, 5] : [5, 12])
    let weight = try LinearWeight(matrix, layout: layout)
    let whole = Kernels.linear(z, weight)
    let heads = Kernels.headOutputs(z, weight, heads: 3)
    #expect(heads.shape == [2, 3, 3, 5])
    var one = z
    try one.fill(Region([nil, nil, Array(4..<12)]), with: 0)
    let first = Kernels.linear(one, weight)
    var stream = Tensor<Double>(zeros: [.row, .position, .width], [2, 3, 5])
    Kernels.addHeads(heads, to: &stream)
    #expect(largestDifference(stream.elements, whole.elements) < 1e-14)
    #expect(abs(heads[1, 2, 0, 4] - first[1, 2, 4]) < 1e-14)
  }

  @Test func differences() {
    var x = Tensor<Float>([.width], [3], [1, 5, -2])
    let y = Tensor<Float>([.width], [3], [1, 2, -.infinity])
    #expect(Kernels.squaredDistance(x, y) == 9)
    Kernels.subtract(&x, y)
    #expect(x.elements == [0, 3, .infinity])
  }
}
