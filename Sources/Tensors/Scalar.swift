/// The number type of a tensor: `Float` or `Double`.
///
/// The same forward runs in either. Kernels are generic over this protocol and specialised for the
/// two conformers inside this module; no other type may conform.
public protocol Scalar: BinaryFloatingPoint, SIMDScalar, Codable, Sendable {
  /// The short name that users see and type: `f32` or `f64`.
  static var precisionName: String { get }
}

extension Float: Scalar {
  /// `f32`.
  public static var precisionName: String { "f32" }
}

extension Double: Scalar {
  /// `f64`.
  public static var precisionName: String { "f64" }
}
