import Synchronization

/// Memory of buffers that are gone, kept for the next ones of the same size.
///
/// A forward pass asks for the same sizes again and again, and fresh pages come zeroed from the
/// kernel, one fault each.
enum SpareMemory {
  /// Below this the allocator keeps memory by itself.
  private static let smallest = 64 << 10
  /// More than this is never kept.
  private static let most = 96 << 20
  private static let alignment = 64

  private struct Blocks: @unchecked Sendable {
    var bySize: [Int: [UnsafeMutableRawPointer]] = [:]
    var bytes = 0
  }
  private static let blocks = Mutex(Blocks())

  /// Memory of at least one byte, aligned for any vector, with arbitrary content.
  static func allocate(_ size: Int) -> UnsafeMutableRawPointer {
    if size >= smallest {
      let kept = blocks.withLock { blocks -> UnsafeMutableRawPointer? in
        guard let block = blocks.bySize[size]?.popLast() else { return nil }
        blocks.bytes -= size
        return block
      }
      if let kept { return kept }
    }
    return .allocate(byteCount: max(size, 1), alignment: alignment)
  }

  /// Takes back what `allocate` gave for the same size.
  static func release(_ block: UnsafeMutableRawPointer, _ size: Int) {
    guard size >= smallest, size <= most else { return block.deallocate() }
    let dropped = blocks.withLock { blocks -> [Int: [UnsafeMutableRawPointer]] in
      var dropped: [Int: [UnsafeMutableRawPointer]] = [:]
      if blocks.bytes + size > most {
        swap(&dropped, &blocks.bySize)
        blocks.bytes = 0
      }
      blocks.bySize[size, default: []].append(block)
      blocks.bytes += size
      return dropped
    }
    for list in dropped.values { list.forEach { $0.deallocate() } }
  }
}
