import Tensors

extension Checkpoint {
  /// The numbers stored under a name, with the given axes.
  ///
  /// Numbers stored in the type that is asked for lie in the mapped file and are not copied, unless
  /// they lie unaligned there; all others are converted.
  ///
  /// - Parameter expected: the shape that the tensor must have, or nil for any with as many
  ///   dimensions as there are axes.
  /// - Throws: `CheckpointError` when there is no such tensor, it has another shape, or its number
  ///   type has no reader.
  public func tensor<Element: Scalar>(
    _ name: String, as type: Element.Type, axes: [Axis], shape expected: [Int]? = nil
  ) throws(CheckpointError) -> Tensor<Element> {
    let (stored, bytes, file) = try located(name)
    let shape = stored.shape
    if let expected, expected != shape {
      throw .wrongShape(tensor: name, expected: "\(expected)", found: shape, file: stored.file)
    }
    guard shape.count == axes.count else {
      let expected = "\(axes.count) \(axes.count == 1 ? "dimension" : "dimensions")"
      throw .wrongShape(tensor: name, expected: expected, found: shape, file: stored.file)
    }
    if stored.type == StoredType(of: type), let start = bytes.baseAddress,
      UInt(bitPattern: start) % UInt(MemoryLayout<Element>.alignment) == 0
    {
      return Tensor(borrowing: start, owner: file, axes: axes, shape: shape)
    }
    let count = shape.reduce(1, *)
    let converted = ConvertedNumbers<Element>(count: count)
    guard converted.fill(from: bytes, storedAs: stored.type) else {
      throw .unsupportedType(
        tensor: name, type: stored.type, wanted: "numbers", file: stored.file)
    }
    return Tensor(
      borrowing: UnsafeRawPointer(converted.numbers), owner: converted, axes: axes, shape: shape)
  }

  /// The integers stored under a name, row-major; truth values are 0 and 1.
  ///
  /// - Throws: `CheckpointError` when there is no such tensor, it does not hold integers, or one of
  ///   them is larger than an `Int`.
  public func integers(
    _ name: String
  ) throws(CheckpointError) -> (shape: [Int], values: [Int]) {
    let (stored, bytes, _) = try located(name)
    guard stored.type.isInteger else {
      throw .unsupportedType(
        tensor: name, type: stored.type, wanted: "integers", file: stored.file)
    }
    guard let values = StoredIntegers.read(bytes, as: stored.type) else {
      throw .integerOutOfRange(tensor: name, file: stored.file)
    }
    return (stored.shape, values)
  }
}

extension StoredType {
  /// The stored type that is the same in memory as `Element`, on the little-endian processors that
  /// Swift supports here.
  init<Element: Scalar>(of type: Element.Type) {
    self = MemoryLayout<Element>.size == 8 ? .F64 : .F32
  }
}
