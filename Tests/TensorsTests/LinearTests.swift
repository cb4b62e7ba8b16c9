import Testing

@testable import Tensors

@Suite struct LinearTests {
  struct Shape: Sendable { let rows, inputs, outputs: Int }

  static let shapes = [
    Shape(rows: 1, inputs: 1, outputs: 1), Shape(rows: 1, inputs: 64, outputs: 192),
    Shape(rows: 1, inputs: 67, outputs: 131), Shape(rows: 2, inputs: 96, outputs: 40),
    Shape(rows: 3, inputs: 33, outputs: 257), Shape(rows: 4, inputs: 128, outputs: 260),
    Shape(rows: 5, inputs: 50, outputs: 70), Shape(rows: 17, inputs: 70, outputs: 36),
    Shape(rows: 1, inputs: 130, outputs: 400), Shape(rows: 12, inputs: 48, outputs: 197),
  ]

  @Test(arguments: shapes, [WeightLayout.inputByOutput, .outputByInput])
  func agreesWithPlainLoops(shape: Shape, layout: WeightLayout) throws {
    try check(Float.self, shape, layout)
    try check(Double.self, shape, layout)
  }

  private func check<E: Scalar>(_ type: E.Type, _ shape: Shape, _ layout: WeightLayout) throws {
    var numbers = Numbers(seed: 7)
    let (inputs, outputs) = (2..<(2 + shape.inputs), 3..<(3 + shape.outputs))
    let stored =
      layout == .inputByOutput
      ? [shape.inputs + 5, shape.outputs + 4] : [shape.outputs + 4, shape.inputs + 5]
    let matrix = numbers.tensor([.width, .width], stored, of: E.self)
    let bias = numbers.tensor([.width], [shape.outputs + 4], of: E.self)
    let x = numbers.tensor([.row, .position, .width], [1, shape.rows, shape.inputs], of: E.self)
    let weight = try LinearWeight(
      matrix, layout: layout, bias: bias, inputs: inputs, outputs: outputs)
    let result = Kernels.linear(x, weight)
    #expect(result.shape == [1, shape.rows, shape.outputs])
    let expected = Reference.linear(
      x.doubles, rows: shape.rows, matrix: matrix.doubles,
      shape: stored, layout: layout, bias: bias.doubles, inputs: inputs,
      outputs: outputs)
    let found = result.doubles
    #expect(largestDifference(found, expected) < E.sumTolerance)
  }
}
