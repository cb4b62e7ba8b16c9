/// The memory under a tensor: owned and 64-byte aligned, or borrowed and read-only.
///
/// Writing goes through `Tensor.mutate`, which first makes sure that the memory is owned and that
/// nobody else holds it. That is what makes sharing between threads safe.
final class Buffer<Element: Scalar>: @unchecked Sendable {
  let base: UnsafeMutablePointer<Element>
  let count: Int
  /// Whoever keeps borrowed memory alive; nil when the memory is ours.
  private let owner: (AnyObject & Sendable)?

  var isBorrowed: Bool { owner != nil }

  /// Fresh memory with arbitrary content, which the caller fills.
  init(uninitialized count: Int) {
    precondition(count >= 0)
    let raw = SpareMemory.allocate(count * MemoryLayout<Element>.stride)
    base = raw.bindMemory(to: Element.self, capacity: max(count, 1))
    self.count = count
    owner = nil
  }

  /// Memory that belongs to `owner`, never written.
  init(borrowing pointer: UnsafeRawPointer, count: Int, owner: AnyObject & Sendable) {
    base = UnsafeMutableRawPointer(mutating: pointer)
      .bindMemory(to: Element.self, capacity: count)
    self.count = count
    self.owner = owner
  }

  deinit {
    if owner == nil {
      SpareMemory.release(UnsafeMutableRawPointer(base), count * MemoryLayout<Element>.stride)
    }
  }

  func copy() -> Buffer {
    let other = Buffer(uninitialized: count)
    other.base.update(from: base, count: count)
    return other
  }
}
