/// How the matrix of a linear map lies in memory.
public enum WeightLayout: Sendable, Hashable {
  /// `[in, out]`, as GPT-2 stores it.
  case inputByOutput
  /// `[out, in]`, as most others do.
  case outputByInput
}

/// A linear map `x·W + b` over a matrix as it is stored: never copied, never transposed, and
/// possibly a slice of a fused one.
public struct LinearWeight<Element: Scalar>: Sendable {
  /// The whole stored matrix.
  let matrix: Tensor<Element>
  /// The bias over all stored outputs.
  let bias: Tensor<Element>?
  /// How the matrix lies in memory.
  public let layout: WeightLayout
  /// Which stored inputs the map reads.
  public let inputs: Range<Int>
  /// Which stored outputs the map returns.
  public let outputs: Range<Int>

  /// How many numbers the map reads.
  public var inputCount: Int { inputs.count }
  /// How many numbers the map returns.
  public var outputCount: Int { outputs.count }

  /// A map over `matrix`, or over the given ranges of its inputs and outputs.
  ///
  /// `bias` has one entry for each stored output; `outputs` picks from it as it does from the
  /// matrix. Throws `TensorError` when the matrix has not two axes, when the bias has another
  /// length, or when a range lies outside of its axis.
  public init(
    _ matrix: Tensor<Element>, layout: WeightLayout, bias: Tensor<Element>? = nil,
    inputs: Range<Int>? = nil, outputs: Range<Int>? = nil
  ) throws(TensorError) {
    guard matrix.shape.count == 2 else {
      throw .rankMismatch(operation: "a linear map", expected: 2, found: matrix.shape.count)
    }
    let storedInputs = matrix.shape[layout == .inputByOutput ? 0 : 1]
    let storedOutputs = matrix.shape[layout == .inputByOutput ? 1 : 0]
    if let bias, bias.shape != [storedOutputs] {
      throw .shapeMismatch(operation: "the bias", expected: [storedOutputs], found: bias.shape)
    }
    let inputs = inputs ?? 0..<storedInputs
    let outputs = outputs ?? 0..<storedOutputs
    guard inputs.lowerBound >= 0, inputs.upperBound <= storedInputs else {
      throw .rangeOutOfRange(axis: .width, range: inputs, count: storedInputs)
    }
    guard outputs.lowerBound >= 0, outputs.upperBound <= storedOutputs else {
      throw .rangeOutOfRange(axis: .width, range: outputs, count: storedOutputs)
    }
    self.matrix = matrix
    self.bias = bias
    self.layout = layout
    self.inputs = inputs
    self.outputs = outputs
  }

  init(
    matrix: Tensor<Element>, bias: Tensor<Element>?, layout: WeightLayout, inputs: Range<Int>,
    outputs: Range<Int>
  ) {
    self.matrix = matrix
    self.bias = bias
    self.layout = layout
    self.inputs = inputs
    self.outputs = outputs
  }

  /// The part of the matrix that the map reads, as inputs x outputs.
  var view: MatrixView<Element> {
    MatrixView(
      base: UnsafePointer(matrix.buffer.base), stride: matrix.shape[1],
      transposed: layout == .outputByInput
    )
    .dropping(rows: inputs.lowerBound, columns: outputs.lowerBound)
  }
}
