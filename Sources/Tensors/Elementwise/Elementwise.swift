/// Operations on runs of neighbouring elements, on the calling thread.
enum Elementwise {
  static func scale<E: Scalar>(_ target: UnsafeMutablePointer<E>, by factor: E, count: Int) {
    for index in 0..<count { target[index] *= factor }
  }

  static func add<E: Scalar>(
    _ target: UnsafeMutablePointer<E>, _ source: UnsafePointer<E>, count: Int
  ) {
    for index in 0..<count { target[index] += source[index] }
  }

  static func add<E: Scalar>(
    _ target: UnsafeMutablePointer<E>, _ source: UnsafePointer<E>, by factor: E, count: Int
  ) {
    for index in 0..<count { target[index] += factor * source[index] }
  }

  static func multiply<E: Scalar>(
    _ target: UnsafeMutablePointer<E>, _ source: UnsafePointer<E>, count: Int
  ) {
    for index in 0..<count { target[index] *= source[index] }
  }

  static func subtract<E: Scalar>(
    _ target: UnsafeMutablePointer<E>, _ source: UnsafePointer<E>, count: Int
  ) {
    for index in 0..<count { target[index] -= source[index] }
  }
}
