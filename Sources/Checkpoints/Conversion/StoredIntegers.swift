/// Reads stored integers.
enum StoredIntegers {
  /// All integers in `bytes`, at any alignment; nil where one does not fit or the type is another.
  static func read(_ bytes: UnsafeRawBufferPointer, as type: StoredType) -> [Int]? {
    switch type {
    case .I64: read(bytes, Int64.self)
    case .I32: read(bytes, Int32.self)
    case .I16: read(bytes, Int16.self)
    case .I8: read(bytes, Int8.self)
    case .U64: read(bytes, UInt64.self)
    case .U32: read(bytes, UInt32.self)
    case .U16: read(bytes, UInt16.self)
    case .U8: read(bytes, UInt8.self)
    case .BOOL: bytes.map { $0 == 0 ? 0 : 1 }
    default: nil
    }
  }

  private static func read<Stored: FixedWidthInteger & BitwiseCopyable>(
    _ bytes: UnsafeRawBufferPointer, _ type: Stored.Type
  ) -> [Int]? {
    var values: [Int] = []
    values.reserveCapacity(bytes.count / MemoryLayout<Stored>.size)
    for offset in stride(from: 0, to: bytes.count, by: MemoryLayout<Stored>.size) {
      let stored = Stored(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: type))
      guard let value = Int(exactly: stored) else { return nil }
      values.append(value)
    }
    return values
  }
}
