extension Kernels {
  /// `softmax(scores) · values` in one pass: no pattern is formed, and memory grows with the
  /// length, not with its square.
  ///
  /// Queries are `[row, position, head, headWidth]`, keys and values `[row, capacity, group,
  /// headWidth]` with room for at least the live keys. The result is shaped like the queries; dead
  /// queries give zeros, and so does a query that sees nothing.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func attention<E: Scalar>(
    _ queries: Tensor<E>, keys: Tensor<E>, values: Tensor<E>, _ plan: AttentionPlan<E>
  ) -> Tensor<E> {
    plan.check(queryShape: queries.shape, keyShape: keys.shape)
    plan.check(queryShape: nil, keyShape: values.shape)
    precondition(keys.shape[1] == values.shape[1], "keys and values have the same room")
    let z = Tensor<E>(uninitialized: queries.axes, queries.shape)
    withExtendedLifetime((queries.buffer, keys.buffer, values.buffer)) {
      let work = AttentionWork(
        plan: plan, queries: queries.buffer.base, queryCapacity: queries.shape[1],
        keys: keys.buffer.base, values: values.buffer.base, keyCapacity: keys.shape[1])
      work.clearDeadQueries(z.buffer.base)
      work.forEachTile { place, tile in
        work.scores(place, into: tile)
        for (line, query) in place.queries.enumerated() {
          work.softmax(place, query, tile + line * place.keys.count)
        }
        work.weigh(place, tile, into: z.buffer.base)
      }
    }
    return z
  }

  /// The first step of `attention`: what enters the softmax, `[row, head, query, key]`.
  ///
  /// Masked entries, dead queries and dead keys are -infinity.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func attentionScores<E: Scalar>(
    _ queries: Tensor<E>, keys: Tensor<E>, _ plan: AttentionPlan<E>
  ) -> Tensor<E> {
    plan.check(queryShape: queries.shape, keyShape: keys.shape)
    let (length, keyCount) = (queries.shape[1], plan.keyCount)
    let scores = Tensor<E>(
      uninitialized: [.row, .head, .query, .key],
      [plan.rows.count, plan.heads, length, keyCount])
    scores.buffer.base.update(repeating: -.infinity, count: scores.count)
    withExtendedLifetime((queries.buffer, keys.buffer)) {
      let work = AttentionWork(
        plan: plan, queries: queries.buffer.base, queryCapacity: length,
        keys: keys.buffer.base, keyCapacity: keys.shape[1])
      work.forEachTile { place, tile in
        work.scores(place, into: tile)
        for (line, query) in place.queries.enumerated() {
          let target =
            scores.buffer.base
            + ((place.row * plan.heads + place.head) * length + query) * keyCount
          (target + place.keys.lowerBound)
            .update(from: tile + line * place.keys.count, count: place.keys.count)
        }
      }
    }
    return scores
  }

  /// The second step: scores become the pattern, in place.
  ///
  /// A query whose scores are all -infinity gets zeros. Scores that were edited where the mask was
  /// count like any other.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func attentionSoftmax<E: Scalar>(
    _ scores: inout Tensor<E>, _ plan: AttentionPlan<E>
  ) {
    precondition(scores.shape.count == 4, "scores are [row, head, query, key]")
    let (runs, keyCount) = (scores.leadingCount, scores.lastCount)
    scores.mutate { scores in
      Workers.split(runs, work: runs * keyCount * 8) { part in
        for run in part { SoftmaxRow.apply(scores + run * keyCount, count: keyCount) }
      }
    }
  }

  /// The third step: `pattern · values`, shaped like the queries.
  ///
  /// A pattern that was edited to be non-zero where the mask was is honoured for every live key.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func attentionWeighted<E: Scalar>(
    _ pattern: Tensor<E>, values: Tensor<E>, _ plan: AttentionPlan<E>
  ) -> Tensor<E> {
    plan.check(queryShape: nil, keyShape: values.shape)
    precondition(
      pattern.shape.count == 4 && pattern.shape[0] == plan.rows.count
        && pattern.shape[1] == plan.heads && pattern.shape[3] == plan.keyCount,
      "a pattern is [row, head, query, key]")
    let (length, keyCount) = (pattern.shape[2], pattern.shape[3])
    let z = Tensor<E>(
      uninitialized: [.row, .position, .head, .headWidth],
      [plan.rows.count, length, plan.heads, plan.headWidth])
    withExtendedLifetime((pattern.buffer, values.buffer)) {
      let work = AttentionWork(
        plan: plan, queryCapacity: length, values: values.buffer.base,
        keyCapacity: values.shape[1])
      work.clearDeadQueries(z.buffer.base)
      work.forEachTile { place, tile in
        let source =
          UnsafePointer(pattern.buffer.base)
          + ((place.row * plan.heads + place.head) * length + place.queries.lowerBound) * keyCount
        for line in 0..<place.queries.count {
          (tile + line * place.keys.count)
            .update(
              from: source + line * keyCount + place.keys.lowerBound, count: place.keys.count)
        }
        work.weigh(place, tile, into: z.buffer.base)
        work.weighOutside(place, source, stride: keyCount, into: z.buffer.base)
      }
    }
    return z
  }
}
