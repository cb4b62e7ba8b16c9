import Tensors

/// Plain loops over lists: what a product has to be, in double precision.
enum Reference {
  /// `x·W + b` for a stored `[in, out]` or `[out, in]` matrix.
  static func linear(
    _ x: [Double], rows: Int, matrix: [Double], shape: [Int], layout: WeightLayout,
    bias: [Double]?, inputs: Range<Int>, outputs: Range<Int>
  ) -> [Double] {
    var result: [Double] = []
    for row in 0..<rows {
      for output in outputs {
        var sum = bias?[output] ?? 0
        var place = row * inputs.count
        for input in inputs {
          let weight =
            layout == .inputByOutput ? input * shape[1] + output : output * shape[1] + input
          sum += x[place] * matrix[weight]
          place += 1
        }
        result.append(sum)
      }
    }
    return result
  }
}
