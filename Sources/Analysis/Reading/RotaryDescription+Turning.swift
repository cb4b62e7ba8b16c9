import Tensors
import Transformers

extension RotaryDescription {
  /// The angles, in double precision.
  var table: RotaryTable<Double> {
    RotaryTable(
      rotaryWidth: width, inverseFrequencies: inverseFrequencies,
      attentionScale: attentionScale, layout: isInterleaved ? .interleaved : .halves)
  }

  /// A query or key turned by a position, in double precision.
  ///
  /// Coordinates behind the rotated width stay as they are.
  public func turned(_ vector: [Double], to position: Int) -> [Double] {
    turned(Matrix(rows: 1, columns: vector.count, vector), to: position).elements
  }

  /// Queries or keys, one a row, turned by one position, which may lie below zero.
  ///
  /// A position of zero turns nothing, but carries the scale.
  func turned(_ rows: Matrix, to position: Int) -> Matrix {
    var tensor = Tensor<Double>(
      [.row, .position, .head, .headWidth], [1, rows.rows, 1, rows.columns], rows.elements)
    Kernels.rotary(
      &tensor, positions: [Array(repeating: abs(position), count: rows.rows)], table,
      backwards: position < 0)
    return Matrix(rows: rows.rows, columns: rows.columns, tensor.elements)
  }
}
