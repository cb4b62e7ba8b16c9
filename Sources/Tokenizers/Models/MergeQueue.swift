/// Merges to try, earliest rank first and leftmost first within a rank.
struct MergeQueue {
  private var heap = MinimumHeap<UInt64>()

  mutating func insert(rank: Int, position: Int) {
    heap.insert(UInt64(rank) << 32 | UInt64(position))
  }

  mutating func popFirst() -> (rank: Int, position: Int)? {
    heap.popFirst().map { (Int($0 >> 32), Int($0 & 0xFFFF_FFFF)) }
  }
}
