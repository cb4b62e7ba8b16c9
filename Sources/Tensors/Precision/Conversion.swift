/// Conversion between the two precisions.
enum Conversion {
  @specialized(where Source == Float, Target == Double)
  @specialized(where Source == Double, Target == Float)
  static func convert<Source: Scalar, Target: Scalar>(
    _ source: UnsafePointer<Source>, to target: UnsafeMutablePointer<Target>, count: Int
  ) {
    for index in 0..<count { target[index] = Target(source[index]) }
  }
}
