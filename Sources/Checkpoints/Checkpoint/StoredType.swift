/// The number types that safetensors files know.
public enum StoredType: String, Sendable, CaseIterable {
  case F64, F32, F16, BF16
  case I64, I32, I16, I8
  case U64, U32, U16, U8
  case BOOL
  case C64
  case F8_E4M3, F8_E5M2, F8_E8M0, F8_E4M3FNUZ, F8_E5M2FNUZ
  case F6_E2M3, F6_E3M2, F4

  /// How many bits one element takes; the elements of the 6-bit and 4-bit types share bytes.
  public var bitCount: Int {
    switch self {
    case .F64, .I64, .U64, .C64: 64
    case .F32, .I32, .U32: 32
    case .F16, .BF16, .I16, .U16: 16
    case .I8, .U8, .BOOL, .F8_E4M3, .F8_E5M2, .F8_E8M0, .F8_E4M3FNUZ, .F8_E5M2FNUZ: 8
    case .F6_E2M3, .F6_E3M2: 6
    case .F4: 4
    }
  }

  /// Whether elements can be read as numbers: complex and 8-bit and smaller floating-point types
  /// are recognised, but not read.
  public var isReadable: Bool {
    switch self {
    case .F64, .F32, .F16, .BF16: true
    default: isInteger
    }
  }

  /// Whether elements are integers or truth values.
  public var isInteger: Bool {
    switch self {
    case .I64, .I32, .I16, .I8, .U64, .U32, .U16, .U8, .BOOL: true
    default: false
    }
  }

  /// How many bytes `shape` takes; nil where that overflows or is no whole number of bytes.
  func byteCount(of shape: [Int]) -> Int? {
    // A zero anywhere makes the tensor empty, but the other sizes must still multiply: whoever
    // takes their product later relies on it.
    var product = bitCount
    for size in shape where size != 0 {
      let (next, overflow) = product.multipliedReportingOverflow(by: size)
      guard !overflow, size > 0 else { return nil }
      product = next
    }
    if shape.contains(0) { return 0 }
    return product % 8 == 0 ? product / 8 : nil
  }
}
