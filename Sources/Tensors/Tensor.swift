/// A dense array of numbers with named axes: row-major, contiguous, copied on write.
///
/// The memory is owned, or borrowed read-only from somewhere else (a mapped file). Copies share it
/// until one of them is written to.
public struct Tensor<Element: Scalar>: Sendable {
  /// What each dimension runs over, outermost first.
  public let axes: [Axis]
  /// How many entries each axis has.
  public let shape: [Int]
  /// How many elements there are in all.
  public var count: Int { buffer.count }

  var buffer: Buffer<Element>

  init(axes: [Axis], shape: [Int], buffer: Buffer<Element>) {
    precondition(axes.count == shape.count, "one axis per dimension")
    precondition(buffer.count == Self.product(shape), "the elements must fill the shape")
    self.axes = axes
    self.shape = shape
    self.buffer = buffer
  }

  /// A tensor whose elements are arbitrary until they are written.
  package init(uninitialized axes: [Axis], _ shape: [Int]) {
    self.init(
      axes: axes, shape: shape, buffer: Buffer(uninitialized: Self.product(shape)))
  }

  /// A tensor of zeros.
  public init(zeros axes: [Axis], _ shape: [Int]) {
    self.init(uninitialized: axes, shape)
    buffer.base.update(repeating: 0, count: buffer.count)
  }

  /// A tensor with the given elements, the last axis running fastest.
  public init(_ axes: [Axis], _ shape: [Int], _ elements: [Element]) {
    precondition(elements.count == Self.product(shape), "the elements must fill the shape")
    self.init(uninitialized: axes, shape)
    elements.withUnsafeBufferPointer { source in
      if let first = source.baseAddress { buffer.base.update(from: first, count: source.count) }
    }
  }

  /// A tensor over memory that belongs to `owner`, such as a mapped file.
  ///
  /// The memory must hold the whole shape, be aligned for `Element`, and stay unchanged for as long
  /// as `owner` lives. It is never written: the first write to the tensor copies it.
  public init(
    borrowing pointer: UnsafeRawPointer, owner: AnyObject & Sendable, axes: [Axis], shape: [Int]
  ) {
    let count = Self.product(shape)
    self.init(
      axes: axes, shape: shape, buffer: Buffer(borrowing: pointer, count: count, owner: owner))
  }

  /// The elements in row-major order, as a copy.
  public var elements: [Element] {
    Array(UnsafeBufferPointer(start: buffer.base, count: count))
  }

  /// The same elements under other axes; shares the memory.
  public func reshaped(_ axes: [Axis], _ shape: [Int]) -> Tensor {
    Tensor(axes: axes, shape: shape, buffer: buffer)
  }

  static func product(_ shape: [Int]) -> Int {
    var count = 1
    for size in shape {
      precondition(size >= 0, "a size is never negative")
      count *= size
    }
    return count
  }
}
