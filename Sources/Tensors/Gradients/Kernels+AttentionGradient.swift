/// The way back through attention.
extension Kernels {
  /// The gradients in front of `attention`, from the one behind it: those of queries, keys and
  /// values, shaped as they are.
  ///
  /// Patterns are formed again in tiles, so memory grows with the length, not with its square.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func attentionGradients<E: Scalar>(
    _ gradient: Tensor<E>, queries: Tensor<E>, keys: Tensor<E>, values: Tensor<E>,
    _ plan: AttentionPlan<E>
  ) -> (queries: Tensor<E>, keys: Tensor<E>, values: Tensor<E>) {
    precondition(gradient.shape == queries.shape, "the gradient is shaped as the queries")
    let forQueries = Tensor<E>(uninitialized: queries.axes, queries.shape)
    let forKeys = Tensor<E>(zeros: keys.axes, keys.shape)
    let forValues = Tensor<E>(zeros: values.axes, values.shape)
    withExtendedLifetime((queries.buffer, keys.buffer, values.buffer, gradient.buffer)) {
      let behind = UnsafePointer(gradient.buffer.base)
      let value = UnsafePointer(values.buffer.base)
      let work = AttentionWork(
        plan: plan, queries: queries.buffer.base, queryCapacity: queries.shape[1],
        keys: keys.buffer.base, values: values.buffer.base, keyCapacity: keys.shape[1])
      work.clearDeadQueries(forQueries.buffer.base)
      let back = AttentionBack(
        work, queryGradient: forQueries.buffer.base, keyGradient: forKeys.buffer.base)
      back.forEachTile { tile, pattern, slope in
        let count = tile.keys.count
        work.scores(tile, into: pattern)
        for (line, query) in tile.queries.enumerated() {
          work.softmax(tile, query, pattern + line * count)
        }
        BlockProduct.multiply(
          MatrixView(base: pattern, stride: count, transposed: true),
          back.queryView(tile, behind), into: forValues.buffer.base + back.keyOffset(tile),
          stride: plan.groups * plan.headWidth, rows: count, columns: plan.headWidth,
          inner: tile.queries.count, keep: 1)
        BlockProduct.multiply(
          back.queryView(tile, behind), back.keyView(tile, value, transposed: true),
          into: slope, stride: count, rows: tile.queries.count, columns: count,
          inner: plan.headWidth)
        for line in 0..<tile.queries.count {
          SoftmaxRow.gradient(
            slope + line * count, at: UnsafePointer(pattern) + line * count, count: count)
        }
        back.throughScores(tile, slope, spare: pattern)
      }
    }
    return (forQueries, forKeys, forValues)
  }

  /// The gradients in front of `attentionScores`: those of queries and keys.
  ///
  /// Masked entries are constants: what is said of them is ignored.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func attentionScoresGradients<E: Scalar>(
    _ gradient: Tensor<E>, queries: Tensor<E>, keys: Tensor<E>, _ plan: AttentionPlan<E>
  ) -> (queries: Tensor<E>, keys: Tensor<E>) {
    let (length, keyCount) = (queries.shape[1], plan.keyCount)
    precondition(gradient.shape == [plan.rows.count, plan.heads, length, keyCount])
    let forQueries = Tensor<E>(uninitialized: queries.axes, queries.shape)
    let forKeys = Tensor<E>(zeros: keys.axes, keys.shape)
    withExtendedLifetime((queries.buffer, keys.buffer, gradient.buffer)) {
      let work = AttentionWork(
        plan: plan, queries: queries.buffer.base, queryCapacity: length,
        keys: keys.buffer.base, keyCapacity: keys.shape[1])
      work.clearDeadQueries(forQueries.buffer.base)
      let back = AttentionBack(
        work, queryGradient: forQueries.buffer.base, keyGradient: forKeys.buffer.base)
      back.forEachTile { tile, slope, spare in
        let (span, count) = (plan.rows[tile.row], tile.keys.count)
        for (line, query) in tile.queries.enumerated() {
          let visible = plan.visible(span.queryStart + query, span).clamped(to: tile.keys)
          let source = ((tile.row * plan.heads + tile.head) * length + query) * keyCount
          (slope + line * count).update(repeating: 0, count: count)
          (slope + line * count + visible.lowerBound - tile.keys.lowerBound)
            .update(
              from: gradient.buffer.base + source + visible.lowerBound, count: visible.count)
        }
        back.throughScores(tile, slope, spare: spare)
      }
    }
    return (forQueries, forKeys)
  }

  /// The gradient in front of `attentionSoftmax`, in place, from the pattern that it gave.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func attentionSoftmaxGradient<E: Scalar>(
    _ gradient: inout Tensor<E>, pattern: Tensor<E>
  ) {
    precondition(gradient.count == pattern.count, "as many elements on both sides")
    let (runs, width) = (pattern.leadingCount, pattern.lastCount)
    gradient.mutate { gradient in
      pattern.read { pattern in
        Workers.split(runs, work: runs * width * 4) { part in
          for run in part {
            SoftmaxRow.gradient(gradient + run * width, at: pattern + run * width, count: width)
          }
        }
      }
    }
  }

  /// The gradients in front of `attentionWeighted`: those of the pattern and of the values.
  ///
  /// Masked entries of the pattern have a gradient too: what a look there would change.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func attentionWeightedGradients<E: Scalar>(
    _ gradient: Tensor<E>, pattern: Tensor<E>, values: Tensor<E>, _ plan: AttentionPlan<E>
  ) -> (pattern: Tensor<E>, values: Tensor<E>) {
    let (length, keyCount) = (pattern.shape[2], pattern.shape[3])
    precondition(gradient.shape == [plan.rows.count, length, plan.heads, plan.headWidth])
    let forPattern = Tensor<E>(zeros: pattern.axes, pattern.shape)
    let forValues = Tensor<E>(zeros: values.axes, values.shape)
    withExtendedLifetime((pattern.buffer, values.buffer, gradient.buffer)) {
      let back = AttentionBack(
        AttentionWork(
          plan: plan, queryCapacity: length, values: values.buffer.base,
          keyCapacity: values.shape[1]))
      let share = plan.heads / plan.groups
      Workers.runCancellable(plan.rows.count * plan.groups) { index in
        let (row, group) = (index / plan.groups, index % plan.groups)
        let span = plan.rows[row]
        for head in group * share..<(group + 1) * share {
          let whole = AttentionTile(
            row: row, head: head, group: group, queries: 0..<span.queryCount,
            keys: 0..<span.keyCount)
          let start = (row * plan.heads + head) * length * keyCount
          let behind = back.queryView(whole, UnsafePointer(gradient.buffer.base))
          BlockProduct.multiply(
            behind, back.keyView(whole, UnsafePointer(values.buffer.base), transposed: true),
            into: forPattern.buffer.base + start, stride: keyCount, rows: span.queryCount,
            columns: span.keyCount, inner: plan.headWidth)
          BlockProduct.multiply(
            MatrixView(
              base: UnsafePointer(pattern.buffer.base) + start, stride: keyCount,
              transposed: true),
            behind, into: forValues.buffer.base + back.keyOffset(whole),
            stride: plan.groups * plan.headWidth, rows: span.keyCount, columns: plan.headWidth,
            inner: span.queryCount, keep: 1)
        }
      }
    }
    return (forPattern, forValues)
  }
}
