/// How far points lie from the edge of a shape whose size is 1 and whose centre is the origin.
///
/// Distances are negative inside. Only square roots and the four operations are used, which give
/// the same bits on every machine.
enum Outline {
  static func distance(_ shape: ImageAttributes.Shape, _ x: Double, _ y: Double) -> Double {
    switch shape {
    case .disc: (x * x + y * y).squareRoot() - 1
    case .square: box(x, y, 0.85, 0.85)
    case .triangle: triangle(x, y)
    case .cross: min(box(x, y, 1, 0.34), box(x, y, 0.34, 1))
    case .ring: abs((x * x + y * y).squareRoot() - 0.75) - 0.25
    }
  }

  private static func box(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> Double {
    let (dx, dy) = (abs(x) - width, abs(y) - height)
    let (outerX, outerY) = (max(dx, 0), max(dy, 0))
    return (outerX * outerX + outerY * outerY).squareRoot() + min(max(dx, dy), 0)
  }

  /// The largest distance from the three sides, which is exact but for points beyond a corner.
  private static func triangle(_ x: Double, _ y: Double) -> Double {
    let innerRadius = 0.56
    let slope = 0.75.squareRoot()
    // Rows count downwards, so the base lies at positive y; the shape is moved to fill its square.
    let y = y - 0.25
    return max(y, slope * abs(x) - 0.5 * y) - innerRadius
  }
}
