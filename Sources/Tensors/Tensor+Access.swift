extension Tensor {
  /// One element, by one index per axis.
  ///
  /// An index outside of its axis traps.
  public subscript(_ index: Int...) -> Element {
    get { buffer.base[offset(of: index)] }
    set {
      let offset = offset(of: index)
      mutate { $0[offset] = newValue }
    }
  }

  private func offset(of index: [Int]) -> Int {
    precondition(index.count == shape.count, "one index per axis")
    var offset = 0
    for (place, size) in zip(index, shape) {
      precondition(place >= 0 && place < size, "index outside of its axis")
      offset = offset * size + place
    }
    return offset
  }

  /// How many entries the last axis has; 1 for a tensor without axes.
  var lastCount: Int { shape.last ?? 1 }

  /// How many runs along the last axis there are.
  var leadingCount: Int {
    var count = 1
    for size in shape.dropLast() { count *= size }
    return count
  }

  /// Calls `body` with the elements for reading.
  @inline(__always)
  func read<Result>(_ body: (UnsafePointer<Element>) throws -> Result) rethrows -> Result {
    try withExtendedLifetime(buffer) { try body(UnsafePointer(buffer.base)) }
  }

  /// Calls `body` with the elements for writing, after a copy if anyone else can see them.
  @inline(__always)
  mutating func mutate<Result>(
    _ body: (UnsafeMutablePointer<Element>) throws -> Result
  ) rethrows -> Result {
    if buffer.isBorrowed || !isKnownUniquelyReferenced(&buffer) { buffer = buffer.copy() }
    return try withExtendedLifetime(buffer) { try body(buffer.base) }
  }

  /// Calls `body` with the elements in row-major order, for reading only; the buffer must not be
  /// kept.
  ///
  /// This is how other targets (a file writer, say) get at the memory without a copy.
  public func withElements<Result>(
    _ body: (UnsafeBufferPointer<Element>) throws -> Result
  ) rethrows -> Result {
    try read { try body(UnsafeBufferPointer(start: $0, count: count)) }
  }

  /// The same tensor in another precision; the tensor itself when that is the one it has.
  public func converted<Other: Scalar>(to other: Other.Type) -> Tensor<Other> {
    if let same = self as? Tensor<Other> { return same }
    let result = Tensor<Other>(uninitialized: axes, shape)
    Conversion.convert(UnsafePointer(buffer.base), to: result.buffer.base, count: count)
    return result
  }
}
