import Faults
import Tensors
import Transformers

extension Experiment {
  /// By how much an attention's values, through its output projection, lengthen what they are made of
  /// on average: ‖W‖ / √(d + 1) (Frobenius) of the map [x, 1] → [Σ over heads of f(x), 1], which is 1 for
  /// a map that leaves everything as it is (Kobayashi et al., 2021).
  ///
  /// Where values are read through a norm, x stands behind its division, and gain and bias belong to
  /// the map.
  ///
  /// - Throws: `Fault` when the model has no such attention.
  public func expansionRate(of place: AttentionPlace) throws(Fault) -> Double {
    let width = model.description.width
    var map = Matrix(zeros: width, width)
    var bias = [Double](repeating: 0, count: width)
    for head in 0..<model.description.attention(at: place).heads {
      let weights = try runtime.headWeights(
        stack: place.stack, layer: place.layer, head: head, isCross: place.isCross)
      let own: Matrix
      var shift: [Double]
      do throws(TensorError) {
        let output = try Matrix(weights.output)
        own = try Matrix(weights.value).times(output)
        shift = weights.valueBias.map { Self.product($0, output) } ?? bias.map { _ in 0 }
      } catch {
        throw Fault("tensor", "\(error)")
      }
      if let before = weights.sourceNorm?.bias {
        shift = zip(shift, Self.product(before, own)).map { $0 + $1 }
      }
      for row in 0..<width {
        let gain = weights.sourceNorm?.gain[row] ?? 1
        for column in 0..<width { map[row, column] += gain * own[row, column] }
      }
      bias = zip(bias, shift).map { $0 + $1 }
    }
    let square = map.squaredNorm + bias.reduce(0) { $0 + $1 * $1 } + 1
    return (square / Double(width + 1)).squareRoot()
  }

  private static func product(_ vector: [Double], _ matrix: Matrix) -> [Double] {
    Matrix(rows: 1, columns: vector.count, vector).times(matrix).elements
  }
}
