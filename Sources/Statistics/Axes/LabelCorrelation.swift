import Tensors

/// How well single coordinates follow labels.
public enum LabelCorrelation {
  /// For each label the greatest |Pearson| of any coordinate with it; NaN for a constant label, and
  /// where all coordinates are constant.
  ///
  /// - Parameter labels: points × labels.
  public static func greatest(_ x: Matrix, _ labels: Matrix) -> [Double] {
    let (points, wanted) = (standardised(x), standardised(labels))
    let products = points.times(wanted, transposed: true)
    let isStill = points.elements.allSatisfy { $0 == 0 }
    return (0..<labels.columns).map { label in
      let isConstant = isStill || !(0..<labels.rows).contains { wanted[$0, label] != 0 }
      return isConstant ? .nan : products.column(label).reduce(0) { max($0, abs($1)) }
    }
  }

  /// Columns with mean 0 and length 1; constant ones are zero.
  private static func standardised(_ x: Matrix) -> Matrix {
    let centred = x.centred
    let lengths = AxisShape.variances(x).map { ($0 * Double(x.rows)).squareRoot() }
    return centred.scaling(columns: lengths.map { $0 < 1e-12 ? 0 : 1 / $0 })
  }
}
