/// Reading and changing a part of a tensor. Every index and shape is checked before anything is
/// touched.
extension Tensor {
  /// The elements of `region`, as a tensor with the same axes.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func read(_ region: Region) throws(TensorError) -> Tensor {
    let layout = try RegionLayout(region, of: self)
    let result = Tensor(uninitialized: axes, layout.shape)
    let length = layout.runLength
    for (run, offset) in layout.runOffsets.enumerated() {
      (result.buffer.base + run * length).update(from: buffer.base + offset, count: length)
    }
    return result
  }

  /// Replaces the elements of `region`; an axis of `values` that has one entry is repeated.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public mutating func write(_ region: Region, _ values: Tensor) throws(TensorError) {
    let layout = try RegionLayout(region, of: self)
    let source = try values.expanded(to: layout.shape, for: "writing to the region")
    let length = layout.runLength
    mutate { target in
      for (run, offset) in layout.runOffsets.enumerated() {
        (target + offset).update(from: source.buffer.base + run * length, count: length)
      }
    }
  }

  /// Sets every element of `region` to `value`.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public mutating func fill(_ region: Region, with value: Element) throws(TensorError) {
    let layout = try RegionLayout(region, of: self)
    mutate { target in
      for offset in layout.runOffsets {
        (target + offset).update(repeating: value, count: layout.runLength)
      }
    }
  }

  /// Multiplies every element of `region` by `factor`.
  ///
  /// An index that is listed twice is scaled twice.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public mutating func scale(_ region: Region, by factor: Element) throws(TensorError) {
    let layout = try RegionLayout(region, of: self)
    mutate { target in
      for offset in layout.runOffsets {
        Elementwise.scale(target + offset, by: factor, count: layout.runLength)
      }
    }
  }

  /// Adds `factor * values` to the elements of `region`; an axis of `values` that has one entry is
  /// repeated.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public mutating func add(
    _ region: Region, _ values: Tensor, by factor: Element
  ) throws(TensorError) {
    let layout = try RegionLayout(region, of: self)
    let source = try values.expanded(to: layout.shape, for: "adding to the region")
    let length = layout.runLength
    mutate { target in
      for (run, offset) in layout.runOffsets.enumerated() {
        Elementwise.add(
          target + offset, UnsafePointer(source.buffer.base + run * length), by: factor,
          count: length)
      }
    }
  }

  /// This tensor with its axes of one entry repeated until it has `shape`.
  func expanded(to wanted: [Int], for operation: String) throws(TensorError) -> Tensor {
    if shape == wanted { return self }
    guard shape.count == wanted.count,
      zip(shape, wanted).allSatisfy({ $0 == $1 || $0 == 1 })
    else {
      throw .shapeMismatch(operation: operation, expected: wanted, found: shape)
    }
    let repeated = Region(
      zip(shape, wanted).map { size, want in
        size == want ? nil : Array(repeating: 0, count: want)
      })
    return try read(repeated)
  }
}
