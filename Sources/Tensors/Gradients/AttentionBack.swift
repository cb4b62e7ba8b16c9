/// The way back through one attention call on memory.
///
/// Patterns are formed again, tile by tile. The tiles of one row and group are gone through in
/// order on one thread, because their keys and values collect from all of them.
struct AttentionBack<E: Scalar> {
  let work: AttentionWork<E>
  /// The same call without what is added behind the soft cap; nil where nothing is capped.
  private let capped: AttentionWork<E>?
  let queryGradient: UnsafeMutablePointer<E>?
  let keyGradient: UnsafeMutablePointer<E>?

  init(
    _ work: AttentionWork<E>, queryGradient: UnsafeMutablePointer<E>? = nil,
    keyGradient: UnsafeMutablePointer<E>? = nil
  ) {
    self.work = work
    self.queryGradient = queryGradient
    self.keyGradient = keyGradient
    if work.plan.softCap == nil {
      capped = nil
    } else {
      var plan = work.plan
      plan.slopes = nil
      plan.positionBias = nil
      capped = AttentionWork(
        plan: plan, queries: work.queries, queryCapacity: work.queryCapacity, keys: work.keys,
        values: work.values, keyCapacity: work.keyCapacity)
    }
  }

  /// Calls `body` with every tile and with two pieces of working memory for it; tiles of one row and
  /// group on one thread, in order.
  func forEachTile(
    _ body: (AttentionTile, UnsafeMutablePointer<E>, UnsafeMutablePointer<E>) -> Void
  ) {
    let plan = work.plan
    let tiles = plan.tiles()
    let scratchCount = max(plan.scratchCount(tiles), 1)
    var shares = Array(repeating: [AttentionTile](), count: plan.rows.count * plan.groups)
    for tile in tiles { shares[tile.row * plan.groups + tile.group].append(tile) }
    let amount = tiles.reduce(0) { $0 + $1.queries.count * $1.keys.count } * plan.headWidth
    func run(_ share: Int) {
      withUnsafeTemporaryAllocation(
        byteCount: 2 * scratchCount * MemoryLayout<E>.stride, alignment: 64
      ) { bytes in
        guard let memory = bytes.baseAddress else { return }
        let scratch = memory.bindMemory(to: E.self, capacity: 2 * scratchCount)
        for tile in shares[share] { body(tile, scratch, scratch + scratchCount) }
      }
    }
    if amount < 1 << 15 {
      for share in shares.indices { run(share) }
    } else {
      Workers.runCancellable(shares.count) { run($0) }
    }
  }

  func queryView(_ tile: AttentionTile, _ base: UnsafePointer<E>) -> MatrixView<E> {
    MatrixView(base: base + queryOffset(tile), stride: work.plan.heads * work.plan.headWidth)
  }

  func queryOffset(_ tile: AttentionTile) -> Int {
    let plan = work.plan
    return ((tile.row * work.queryCapacity + tile.queries.lowerBound) * plan.heads + tile.head)
      * plan.headWidth
  }

  func keyView(_ tile: AttentionTile, _ base: UnsafePointer<E>, transposed: Bool = false)
    -> MatrixView<E>
  {
    MatrixView(
      base: base + keyOffset(tile), stride: work.plan.groups * work.plan.headWidth,
      transposed: transposed)
  }

  func keyOffset(_ tile: AttentionTile) -> Int {
    let plan = work.plan
    return ((tile.row * work.keyCapacity + tile.keys.lowerBound) * plan.groups + tile.group)
      * plan.headWidth
  }

  /// From the gradient of a tile's scores to that of its queries and keys; `spare` is overwritten.
  func throughScores(
    _ tile: AttentionTile, _ gradient: UnsafeMutablePointer<E>, spare: UnsafeMutablePointer<E>
  ) {
    guard let queries = work.queries, let keys = work.keys, let queryGradient, let keyGradient
    else { return }
    let plan = work.plan
    let count = tile.keys.count
    if let capped, let cap = plan.softCap {
      capped.scores(tile, into: spare)
      for (line, query) in tile.queries.enumerated() {
        let span = plan.rows[tile.row]
        let visible = plan.visible(span.queryStart + query, span).clamped(to: tile.keys)
        let start = line * count + visible.lowerBound - tile.keys.lowerBound
        ScoreRow.capSlope(
          gradient + start, at: UnsafePointer(spare) + start, cap: cap, count: visible.count)
      }
    }
    BlockProduct.multiply(
      MatrixView(base: gradient, stride: count), keyView(tile, keys),
      into: queryGradient + queryOffset(tile), stride: plan.heads * plan.headWidth,
      rows: tile.queries.count, columns: plan.headWidth, inner: count, scale: plan.scale)
    BlockProduct.multiply(
      MatrixView(base: gradient, stride: count, transposed: true), queryView(tile, queries),
      into: keyGradient + keyOffset(tile), stride: plan.groups * plan.headWidth,
      rows: count, columns: plan.headWidth, inner: tile.queries.count, scale: plan.scale, keep: 1)
  }
}
