import Statistics
import Tensors

/// How far each vector of one view went to become that of another.
struct VectorSteps {
  /// 1 - cos of each pair; NaN where one has no length.
  private(set) var turns: [Double] = []
  /// The length of the difference by that of the first; NaN where that has none.
  private(set) var growths: [Double] = []

  /// - Parameters: Views of the same tokens, [token, width].
  init(_ first: Tensor<Float>, _ second: Tensor<Float>) {
    let width = first.shape[1]
    first.withElements { before in
      second.withElements { after in
        for start in stride(from: 0, to: before.count, by: width) {
          var (xx, yy, xy) = (0.0, 0.0, 0.0)
          for place in start..<start + width {
            let (x, y) = (Double(before[place]), Double(after[place]))
            xx += x * x
            yy += y * y
            xy += x * y
          }
          let least = Bootstrap.leastDenominator
          let lengths = (xx * yy).squareRoot()
          turns.append(lengths < least ? .nan : 1 - xy / lengths)
          growths.append(
            xx.squareRoot() < least
              ? .nan : max(xx + yy - 2 * xy, 0).squareRoot() / xx.squareRoot())
        }
      }
    }
  }
}
