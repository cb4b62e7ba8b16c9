import Tensors

/// Memory that holds stored numbers of any readable type, converted to `Element`.
///
/// Conversion to a wider type is exact; to a narrower one it rounds to nearest, ties to even.
final class ConvertedNumbers<Element: Scalar>: @unchecked Sendable {
  let numbers: UnsafeMutablePointer<Element>
  let count: Int

  init(count: Int) {
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: max(count, 1) * MemoryLayout<Element>.stride, alignment: 64)
    numbers = memory.bindMemory(to: Element.self, capacity: max(count, 1))
    self.count = count
  }

  deinit { UnsafeMutableRawPointer(numbers).deallocate() }

  /// Reads all numbers from `bytes`, at any alignment; false where the type has no reader.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func fill(from bytes: UnsafeRawBufferPointer, storedAs type: StoredType) -> Bool {
    switch type {
    case .F64: read(bytes, as: Double.self) { Element($0) }
    case .F32: read(bytes, as: Float.self) { Element($0) }
    case .F16: widen(bytes, .float16)
    case .BF16: widen(bytes, .bfloat16)
    case .I64: read(bytes, as: Int64.self) { Element($0) }
    case .I32: read(bytes, as: Int32.self) { Element($0) }
    case .I16: read(bytes, as: Int16.self) { Element($0) }
    case .I8: read(bytes, as: Int8.self) { Element($0) }
    case .U64: read(bytes, as: UInt64.self) { Element($0) }
    case .U32: read(bytes, as: UInt32.self) { Element($0) }
    case .U16: read(bytes, as: UInt16.self) { Element($0) }
    case .U8: read(bytes, as: UInt8.self) { Element($0) }
    case .BOOL: read(bytes, as: UInt8.self) { $0 == 0 ? 0 : 1 }
    case .C64, .F8_E4M3, .F8_E5M2, .F8_E8M0, .F8_E4M3FNUZ, .F8_E5M2FNUZ, .F6_E2M3, .F6_E3M2, .F4:
      return false
    }
    return true
  }

  @inline(__always)
  private func read<Stored: BitwiseCopyable>(
    _ bytes: UnsafeRawBufferPointer, as type: Stored.Type, _ convert: (Stored) -> Element
  ) {
    for index in 0..<count {
      numbers[index] = convert(
        bytes.loadUnaligned(fromByteOffset: index * MemoryLayout<Stored>.size, as: type))
    }
  }

  /// Widens in pieces that stay in the cache, by way of `Float`.
  @inline(__always)
  private func widen(_ bytes: UnsafeRawBufferPointer, _ format: HalfPrecision.Format) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: min(count, 4096)) { piece in
      var start = 0
      while start < count {
        let length = min(piece.count, count - start)
        let source = UnsafeRawBufferPointer(rebasing: bytes[2 * start..<2 * (start + length)])
        HalfPrecision.widen(
          from: source, format: format,
          to: UnsafeMutableBufferPointer(rebasing: piece[..<length]))
        for index in 0..<length { numbers[start + index] = Element(piece[index]) }
        start += length
      }
    }
  }
}
