import Synchronization

extension AttentionWork {
  /// Calls `body` with every tile and with working memory for it, on all threads.
  func forEachTile(_ body: (AttentionTile, UnsafeMutablePointer<E>) -> Void) {
    let tiles = plan.tiles()
    let scratchCount = plan.scratchCount(tiles)
    let work = tiles.reduce(0) { $0 + $1.queries.count * $1.keys.count } * plan.headWidth
    let pieces = work < 1 << 16 ? 1 : min(Workers.threads, tiles.count)
    let next = Atomic<Int>(0)
    Workers.runCancellable(pieces) { _ in
      withUnsafeTemporaryAllocation(
        byteCount: max(scratchCount, 1) * MemoryLayout<E>.stride, alignment: 64
      ) { bytes in
        guard let memory = bytes.baseAddress else { return }
        let scratch = memory.bindMemory(to: E.self, capacity: scratchCount)
        while true {
          let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
          if index >= tiles.count { return }
          body(tiles[index], scratch)
        }
      }
    }
  }

  /// Adds what an edited pattern takes from live keys outside of the tile, if it does.
  func weighOutside(
    _ place: AttentionTile, _ pattern: UnsafePointer<E>, stride: Int,
    into z: UnsafeMutablePointer<E>
  ) {
    let live = plan.rows[place.row].keyCount
    for keys in [0..<place.keys.lowerBound, place.keys.upperBound..<live] where !keys.isEmpty {
      let used = (0..<place.queries.count).contains { line in
        ScoreRow.hasNonZero(pattern + line * stride + keys.lowerBound, count: keys.count)
      }
      if used {
        weigh(
          place, pattern + keys.lowerBound, stride: stride, keys: keys, into: z, keep: 1)
      }
    }
  }
}
