import Tensors

extension Matrix {
  /// Whether all numbers are those of single precision.
  var isOfSinglePrecision: Bool { elements.allSatisfy { Double(Float($0)) == $0 } }

  /// The columns that are not constant up to rounding: whose numbers differ by more than a few units
  /// in the last place of the greatest, which is what computing one number in several ways leaves.
  var varyingColumns: [Int] {
    guard rows > 0 else { return [] }
    var (least, greatest) = (Array(row(0)), Array(row(0)))
    for place in 1..<max(rows, 1) {
      let start = place * columns
      for column in 0..<columns {
        let value = elements[start + column]
        if value < least[column] { least[column] = value }
        if value > greatest[column] { greatest[column] = value }
      }
    }
    let share = isOfSinglePrecision ? 1e-6 : 1e-13
    return (0..<columns).filter { column in
      let size = max(least[column].magnitude, greatest[column].magnitude)
      return greatest[column] - least[column] > share * size
    }
  }

  /// Whether all rows are the same up to rounding.
  public var isConstant: Bool { varyingColumns.isEmpty }

  /// The columns less their means; those that are constant up to rounding are zero, so that what
  /// rounding leaves of them is no direction.
  var centredBeyondRounding: Matrix {
    let varying = varyingColumns
    var result = centred
    guard varying.count < columns else { return result }
    for column in Set(0..<columns).subtracting(varying) {
      for place in 0..<rows { result.elements[place * columns + column] = 0 }
    }
    return result
  }
}
