import Testing

@testable import Tensors

@Suite struct ProductTests {
  @Test(arguments: [false, true], [false, true])
  func matricesMultiply(transposeA: Bool, transposeB: Bool) throws {
    var numbers = Numbers(seed: 12)
    let a: Tensor<Float> = numbers.tensor(["m", "k"], transposeA ? [33, 7] : [7, 33])
    let b: Tensor<Float> = numbers.tensor(["k", "n"], transposeB ? [21, 33] : [33, 21])
    let c = try Kernels.matmul(a, transposeA: transposeA, b, transposeB: transposeB)
    #expect(c.shape == [7, 21])
    #expect(c.axes == [transposeA ? "k" : "m", transposeB ? "k" : "n"])
    for i in 0..<7 {
      for j in 0..<21 {
        var sum = 0.0
        for k in 0..<33 {
          sum +=
            Double(transposeA ? a[k, i] : a[i, k]) * Double(transposeB ? b[j, k] : b[k, j])
        }
        #expect(abs(Double(c[i, j]) - sum) < 1e-5)
      }
    }
  }

  @Test func sizesMustAgree() {
    let a = Tensor<Float>(zeros: ["m", "k"], [2, 3])
    #expect(throws: TensorError.self) {
      try Kernels.matmul(a, transposeA: false, a, transposeB: false)
    }
    #expect(throws: TensorError.rankMismatch(operation: "a matrix product", expected: 2, found: 1))
    {
      try Kernels.matmul(a, transposeA: false, a.reshaped(["k"], [6]), transposeB: false)
    }
  }

  @Test func weightsAreCheckedWhenTheyAreMade() {
    let matrix = Tensor<Float>(zeros: ["in", "out"], [4, 6])
    let bias = Tensor<Float>(zeros: ["out"], [4])
    #expect(
      throws: TensorError.shapeMismatch(operation: "the bias", expected: [6], found: [4])
    ) {
      try LinearWeight(matrix, layout: .inputByOutput, bias: bias)
    }
    #expect(
      throws: TensorError.rangeOutOfRange(axis: .width, range: 3..<7, count: 6)
    ) {
      try LinearWeight(matrix, layout: .inputByOutput, outputs: 3..<7)
    }
    #expect(
      throws: TensorError.rangeOutOfRange(axis: .width, range: 0..<7, count: 6)
    ) {
      try LinearWeight(matrix, layout: .outputByInput, inputs: 0..<7)
    }
    #expect(throws: TensorError.rankMismatch(operation: "a linear map", expected: 2, found: 1)) {
      try LinearWeight(bias, layout: .inputByOutput)
    }
  }

  @Test func someColumnsOfTheInput() throws {
    var numbers = Numbers(seed: 13)
    let x: Tensor<Double> = numbers.tensor([.position, .width], [6, 12])
    let matrix: Tensor<Double> = numbers.tensor(["in", "out"], [12, 5])
    let whole = Kernels.linear(x, try LinearWeight(matrix, layout: .inputByOutput))
    var sum = Tensor<Double>(zeros: [.position, .width], [6, 5])
    for head in 0..<3 {
      let part = head * 4..<(head + 1) * 4
      let weight = try LinearWeight(matrix, layout: .inputByOutput, inputs: part)
      Kernels.add(&sum, Kernels.linear(x, columns: part, weight))
    }
    #expect(largestDifference(sum.elements, whole.elements) < 1e-14)
  }

  @Test func elementByElement() {
    var x = Tensor<Float>([.width], [3], [1, 2, 3])
    Kernels.multiply(&x, Tensor([.width], [3], [2, 0, -1]))
    #expect(x.elements == [2, 0, -3])
    Kernels.add(&x, x)
    #expect(x.elements == [4, 0, -6])
  }
}
