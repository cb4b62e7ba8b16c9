import Faults
import Tensors

extension Forward {
  /// What attention adds to the stream, before a norm of its own: [row, position, width].
  func attention(
    _ block: BlockWeights<O.Element>, _ read: O.Value, _ layer: Int, _ state: inout State<O>,
    _ stage: inout Stage<O>
  ) throws(Fault) -> O.Value {
    let description = block.description.attention
    let chunk = state.chunk
    var q = split(operations.linear(read, block.query), description.heads, .head, description)
    var k = split(operations.linear(read, block.key), description.groups, .group, description)
    var v = split(operations.linear(read, block.value), description.groups, .group, description)
    if let norm = block.queryNorm { q = operations.norm(q, norm) }
    if let norm = block.keyNorm { k = operations.norm(k, norm) }
    try stage.at(.q, layer, &q)
    try stage.at(.k, layer, &k)
    try stage.at(.v, layer, &v)
    for (table, holds) in block.rotary?.tables(forLengths: state.lengths) ?? [] {
      let positions = chunk.starts.enumerated().map { row, start in
        holds[row] ? Array(start..<start + chunk.width) : []
      }
      operations.rotate(&q, positions: positions, table)
      operations.rotate(&k, positions: positions, table)
    }
    try stage.at(.rotQ, layer, &q)
    try stage.at(.rotK, layer, &k)
    var keyCounts = chunk.counts
    if state.cache != nil {
      keyCounts = chunk.ends
      if let all = try state.cache?.append(k, v, layer: layer, chunk: chunk, with: operations) {
        (k, v) = all
      }
    }
    let plan = plan(description, chunk: chunk, keyCounts: keyCounts)
    let kinds = AttentionKinds.own
    var z = try weightedValues(q, k, v, plan, kinds, layer, &stage)
    try stage.at(kinds.z, layer, &z)
    return try project(z, block.attentionOutput, kinds, layer, &stage)
  }

  /// What attention to the encoder's output adds to the stream, before a norm of its own.
  ///
  /// Keys and values of the source are formed once and kept in the state.
  func attentionToSource(
    _ cross: CrossWeights<O.Element>, _ read: O.Value, _ layer: Int, _ state: inout State<O>,
    _ stage: inout Stage<O>
  ) throws(Fault) -> O.Value {
    guard let source = state.source else {
      throw Fault("wrong-source", "this model reads a source, and there is none")
    }
    let description = cross.description.attention
    var q = split(operations.linear(read, cross.query), description.heads, .head, description)
    try stage.at(.crossQ, layer, &q)
    let (k, v) = try keysAndValues(of: source, cross, layer, &stage)
    state.source?.layers[layer] = (k, v)
    let plan = plan(description, chunk: state.chunk, keyCounts: source.chunk.counts)
    let kinds = AttentionKinds.cross
    var z = try weightedValues(q, k, v, plan, kinds, layer, &stage)
    try stage.at(kinds.z, layer, &z)
    return try project(z, cross.output, kinds, layer, &stage)
  }

  private func keysAndValues(
    of source: Source<O>, _ cross: CrossWeights<O.Element>, _ layer: Int, _ stage: inout Stage<O>
  ) throws(Fault) -> (O.Value, O.Value) {
    if let known = source.layers[layer] { return known }
    let description = cross.description.attention
    var k = split(
      operations.linear(source.output, cross.key), description.groups, .group, description)
    var v = split(
      operations.linear(source.output, cross.value), description.groups, .group, description)
    try stage.at(.crossK, layer, &k)
    try stage.at(.crossV, layer, &v)
    return (k, v)
  }

  /// z: formed in one go, or in three steps when someone wants scores or patterns.
  private func weightedValues(
    _ q: O.Value, _ k: O.Value, _ v: O.Value, _ plan: AttentionPlan<O.Element>,
    _ kinds: AttentionKinds, _ layer: Int, _ stage: inout Stage<O>
  ) throws(Fault) -> O.Value {
    guard stage.wants(kinds.scores, layer) || stage.wants(kinds.pattern, layer) else {
      return operations.attention(q, k, v, plan)
    }
    var pattern = operations.attentionScores(q, k, plan)
    try stage.at(kinds.scores, layer, &pattern)
    operations.attentionSoftmax(&pattern, plan)
    try stage.at(kinds.pattern, layer, &pattern)
    return operations.attentionWeighted(pattern, v, plan)
  }

  /// z·W_O + b_O.
  ///
  /// Per-head outputs are formed only when someone wants them.
  private func project(
    _ z: O.Value, _ weight: Projection<O.Element>, _ kinds: AttentionKinds, _ layer: Int,
    _ stage: inout Stage<O>
  ) throws(Fault) -> O.Value {
    let shape = operations.shape(z)
    let joined = operations.reshape(
      z, [.row, .position, .width], [shape[0], shape[1], shape[2] * shape[3]])
    var written = operations.linear(joined, weight)
    guard stage.wants(kinds.headOut, layer) else { return written }
    let original = operations.headOutputs(z, weight)
    var edited = original
    try stage.at(kinds.headOut, layer, &edited)
    if stage.changes(kinds.headOut, layer) {
      operations.addHeadChanges(&written, edited: edited, original: original)
    }
    return written
  }

  private func split(
    _ x: O.Value, _ count: Int, _ axis: Axis, _ description: AttentionDescription
  ) -> O.Value {
    let shape = operations.shape(x)
    return operations.reshape(
      x, [.row, .position, axis, .headWidth], [shape[0], shape[1], count, description.headWidth])
  }

  private func plan(_ description: AttentionDescription, chunk: Chunk, keyCounts: [Int])
    -> AttentionPlan<O.Element>
  {
    AttentionPlan(
      heads: description.heads, groups: description.groups, headWidth: description.headWidth,
      scale: O.Element(description.scale), softCap: description.softCap.map { O.Element($0) },
      causal: description.isCausal, window: description.window,
      slopes: description.slopes.map { $0.map { O.Element($0) } }, positionBias: nil,
      rows: chunk.starts.indices.map { row in
        RowSpan(
          queryStart: chunk.starts[row], queryCount: chunk.counts[row], keyCount: keyCounts[row])
      })
  }
}

/// What the values that both kinds of attention have are called.
struct AttentionKinds {
  var scores: Site.Kind, pattern: Site.Kind, z: Site.Kind, headOut: Site.Kind

  /// Attention within a stack.
  static let own = AttentionKinds(scores: .scores, pattern: .pattern, z: .z, headOut: .headOut)
  /// Attention to the encoder's output.
  static let cross = AttentionKinds(
    scores: .crossScores, pattern: .crossPattern, z: .crossZ, headOut: .crossHeadOut)
}
