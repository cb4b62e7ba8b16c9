import Testing

@testable import Tensors

@Suite struct LinearGradientTests {
  /// Rows, inputs, outputs: few rows, many rows, sizes that no vector divides.
  static let sizes = [[1, 9, 5], [3, 16, 24], [7, 10, 3], [70, 33, 65]]

  @Test(arguments: sizes, [WeightLayout.inputByOutput, .outputByInput])
  func agreesWithDifferences(size: [Int], layout: WeightLayout) throws {
    var numbers = Numbers(seed: 4)
    let (rows, inputs, outputs) = (size[0], size[1], size[2])
    // The map is the middle of a fused one.
    let stored = layout == .inputByOutput ? [inputs, outputs + 6] : [outputs + 6, inputs]
    let matrix: Tensor<Double> = numbers.tensor([.row, .width], stored)
    let x: Tensor<Double> = numbers.tensor([.row, .width], [rows, inputs])
    let factors: Tensor<Double> = numbers.tensor([.row, .width], [rows, outputs])
    func map(_ matrix: Tensor<Double>) throws -> LinearWeight<Double> {
      try LinearWeight(matrix, layout: layout, outputs: 2..<2 + outputs)
    }
    let weight = try map(matrix)
    var input: Tensor<Double> = numbers.tensor([.row, .width], [rows, inputs])
    let before = input
    Kernels.linearInputGradient(factors, weight, into: &input, keep: false)
    #expect(Slopes.error(of: input, at: x, factors: factors) { Kernels.linear($0, weight) } < 1e-8)
    var kept = before
    Kernels.linearInputGradient(factors, weight, into: &kept, keep: true)
    var sum = before
    Kernels.add(&sum, input)
    #expect(largestDifference(kept.doubles, sum.doubles) < 1e-12)

    var gradient = Tensor<Double>(zeros: [.row, .width], stored)
    Kernels.linearWeightGradient(factors, x, weight, into: &gradient, keep: true)
    let error = Slopes.error(of: gradient, at: matrix, factors: factors) { matrix in
      (try? map(matrix)).map { Kernels.linear(x, $0) } ?? factors
    }
    #expect(error < 1e-8)
    // Every other output is left as it was.
    var other = matrix
    Kernels.linearWeightGradient(factors, x, weight, into: &other, keep: false)
    let region = Region(layout == .inputByOutput ? [nil, [0, 1]] : [[0, 1], nil])
    #expect(sameBits(try other.read(region), try matrix.read(region)))
    let own = Region(
      layout == .inputByOutput ? [nil, Array(2..<2 + outputs)] : [Array(2..<2 + outputs), nil])
    #expect(
      largestDifference(try other.read(own).doubles, try gradient.read(own).doubles) < 1e-12)
  }

  @Test func singlePrecisionAgreesWithDouble() throws {
    var numbers = Numbers(seed: 5)
    let matrix: Tensor<Double> = numbers.tensor([.row, .width], [40, 72])
    let x: Tensor<Double> = numbers.tensor([.row, .width], [100, 40])
    let factors: Tensor<Double> = numbers.tensor([.row, .width], [100, 72])
    func gradients<E: Scalar>(_: E.Type) throws -> [Double] {
      let weight = try LinearWeight(matrix.converted(to: E.self), layout: .inputByOutput)
      var input = Tensor<E>(zeros: [.row, .width], [100, 40])
      var stored = Tensor<E>(zeros: [.row, .width], [40, 72])
      var bias = Tensor<E>(zeros: [.width], [72])
      let gradient = factors.converted(to: E.self)
      Kernels.linearInputGradient(gradient, weight, into: &input, keep: false)
      Kernels.linearWeightGradient(
        gradient, x.converted(to: E.self), weight, into: &stored, keep: false)
      Kernels.columnSums(gradient, into: &bias, keep: false)
      return input.doubles + stored.doubles + bias.doubles
    }
    #expect(largestDifference(try gradients(Float.self), try gradients(Double.self)) < 1e-4)
  }

  @Test func rowsReadTwiceCollectBoth() {
    var table = Tensor<Double>(zeros: [.row, .width], [4, 3])
    let gradient = Tensor<Double>([.row, .width], [3, 3], (1...9).map { Double($0) })
    Kernels.addRows(gradient, to: &table, rows: [2, 0, 2])
    #expect(table.elements == [4, 5, 6, 0, 0, 0, 8, 10, 12, 0, 0, 0])
  }

  @Test(arguments: [WeightLayout.inputByOutput, .outputByInput])
  func pickedOutputsCollectWhereTheyAreStored(layout: WeightLayout) throws {
    var numbers = Numbers(seed: 6)
    let stored = layout == .inputByOutput ? [5, 7] : [7, 5]
    let matrix: Tensor<Double> = numbers.tensor([.row, .width], stored)
    let x: Tensor<Double> = numbers.tensor([.row, .width], [6, 5])
    let factors: Tensor<Double> = numbers.tensor([.row, .width], [6, 3])
    let outputs = [4, 1, 4]
    func picked(_ matrix: Tensor<Double>) throws -> LinearWeight<Double> {
      try LinearWeight(matrix, layout: layout).selecting(outputs: outputs)
    }
    var gradient = Tensor<Double>(zeros: [.row, .width], stored)
    Kernels.addPickedWeightGradient(
      factors, x, try picked(matrix), to: &gradient, outputs: outputs)
    let error = Slopes.error(of: gradient, at: matrix, factors: factors) { matrix in
      (try? picked(matrix)).map { Kernels.linear(x, $0) } ?? factors
    }
    #expect(error < 1e-8)
    var bias = Tensor<Double>(zeros: [.width], [7])
    Kernels.addPickedColumnSums(factors, to: &bias, columns: outputs)
    let sums = (0..<3).map { column in (0..<6).reduce(0) { $0 + factors[$1, column] } }
    #expect(largestDifference(bias.elements, [0, sums[1], 0, 0, sums[0] + sums[2], 0, 0]) < 1e-14)
  }

  @Test(arguments: [WeightLayout.inputByOutput, .outputByInput])
  func headsAgreeWithDifferences(layout: WeightLayout) throws {
    var numbers = Numbers(seed: 7)
    let stored = layout == .inputByOutput ? [12, 9] : [9, 12]
    let matrix: Tensor<Double> = numbers.tensor([.row, .width], stored)
    let z: Tensor<Double> = numbers.tensor([.row, .position, .width], [2, 3, 12])
    let factors: Tensor<Double> = numbers.tensor(
      [.row, .position, .head, .width], [2, 3, 4, 9])
    let weight = try LinearWeight(matrix, layout: layout)
    let input = Kernels.headInputGradient(factors, weight)
    #expect(
      Slopes.error(of: input, at: z, factors: factors) {
        Kernels.headOutputs($0, weight, heads: 4)
      } < 1e-8)
    var gradient = Tensor<Double>(zeros: [.row, .width], stored)
    Kernels.addHeadWeightGradient(factors, z, weight, to: &gradient)
    let error = Slopes.error(of: gradient, at: matrix, factors: factors) { matrix in
      (try? LinearWeight(matrix, layout: layout))
        .map { Kernels.headOutputs(z, $0, heads: 4) } ?? factors
    }
    #expect(error < 1e-8)
  }
}
