/// One attention call on memory: the tensors' addresses and the three steps on one tile.
struct AttentionWork<E: Scalar> {
  let plan: AttentionPlan<E>
  var queries: UnsafePointer<E>?
  var queryCapacity = 0
  var keys: UnsafePointer<E>?
  var values: UnsafePointer<E>?
  var keyCapacity = 0

  // MARK: Scores

  /// `tile` = the scores of `place`, row by row, masked entries -infinity.
  func scores(_ place: AttentionTile, into tile: UnsafeMutablePointer<E>) {
    guard let queries, let keys else { return }
    let (heads, groups, width) = (plan.heads, plan.groups, plan.headWidth)
    let query =
      queries
      + ((place.row * queryCapacity + place.queries.lowerBound) * heads + place.head) * width
    let key =
      keys
      + ((place.row * keyCapacity + place.keys.lowerBound) * groups + place.group) * width
    BlockProduct.multiply(
      MatrixView(base: query, stride: heads * width),
      MatrixView(base: key, stride: groups * width, transposed: true),
      into: tile, stride: place.keys.count,
      rows: place.queries.count, columns: place.keys.count, inner: width, scale: plan.scale)
    finishScores(place, tile)
  }

  /// Cap, bias and mask.
  private func finishScores(_ place: AttentionTile, _ tile: UnsafeMutablePointer<E>) {
    let span = plan.rows[place.row]
    let count = place.keys.count
    for query in place.queries {
      let line = tile + (query - place.queries.lowerBound) * count
      let position = span.queryStart + query
      if let cap = plan.softCap { ScoreRow.cap(line, by: cap, count: count) }
      if let slopes = plan.slopes {
        ScoreRow.slope(
          line, by: slopes[place.head], from: place.keys.lowerBound - position, count: count)
      }
      if let bias = plan.positionBias {
        let start = biasOffset(bias, row: place.row, head: place.head, query: query)
        bias.read { Elementwise.add(line, $0 + start + place.keys.lowerBound, count: count) }
      }
      let visible = plan.visible(position, span).clamped(to: place.keys)
      for key in place.keys.lowerBound..<visible.lowerBound {
        line[key - place.keys.lowerBound] = -.infinity
      }
      for key in visible.upperBound..<place.keys.upperBound {
        line[key - place.keys.lowerBound] = -.infinity
      }
    }
  }

  private func biasOffset(_ bias: Tensor<E>, row: Int, head: Int, query: Int) -> Int {
    let shape = bias.shape
    let (queryCount, keyCount) = (shape[shape.count - 2], shape[shape.count - 1])
    let line = shape.count == 4 && shape[0] > 1 ? row * plan.heads + head : head
    return (line * queryCount + query) * keyCount
  }

  // MARK: Softmax

  /// Turns the scores of one query into its pattern.
  ///
  /// `line` begins at the tile's first key; what lies behind the last visible key becomes zero.
  func softmax(_ place: AttentionTile, _ query: Int, _ line: UnsafeMutablePointer<E>) {
    let span = plan.rows[place.row]
    let visible = plan.visible(span.queryStart + query, span).clamped(to: place.keys)
    let count = visible.upperBound - place.keys.lowerBound
    SoftmaxRow.apply(line, count: count)
    (line + count).update(repeating: 0, count: place.keys.count - count)
  }

  // MARK: Weighted sum

  /// `z` of the tile's queries = `tile` · values.
  func weigh(
    _ place: AttentionTile, _ tile: UnsafeMutablePointer<E>, into z: UnsafeMutablePointer<E>
  ) {
    weigh(place, tile, stride: place.keys.count, keys: place.keys, into: z, keep: 0)
  }

  /// As above over any run of keys; with `keep` 1 it is added.
  func weigh(
    _ place: AttentionTile, _ pattern: UnsafePointer<E>, stride: Int, keys: Range<Int>,
    into z: UnsafeMutablePointer<E>, keep: E
  ) {
    guard let values else { return }
    let (heads, groups, width) = (plan.heads, plan.groups, plan.headWidth)
    let value =
      values + ((place.row * keyCapacity + keys.lowerBound) * groups + place.group) * width
    let target =
      z + ((place.row * queryCapacity + place.queries.lowerBound) * heads + place.head) * width
    BlockProduct.multiply(
      MatrixView(base: pattern, stride: stride),
      MatrixView(base: value, stride: groups * width),
      into: target, stride: heads * width,
      rows: place.queries.count, columns: width, inner: keys.count, keep: keep)
  }

  /// Zeroes the padding behind each row's live queries.
  func clearDeadQueries(_ z: UnsafeMutablePointer<E>) {
    let token = plan.heads * plan.headWidth
    for (row, span) in plan.rows.enumerated() {
      (z + (row * queryCapacity + span.queryCount) * token)
        .update(repeating: 0, count: (queryCapacity - span.queryCount) * token)
    }
  }
}
