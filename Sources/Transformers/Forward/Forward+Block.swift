import Faults
import Tensors

extension Forward {
  /// One block: attention, perhaps attention to the source, then the MLP; or both side by side.
  func block(
    _ block: BlockWeights<O.Element>, _ layer: Int, _ state: inout State<O>,
    _ stage: inout Stage<O>
  ) throws(Fault) {
    try stage.at(.residPre, layer, &state.stream)
    let read = try branchInput(
      state.stream, block.attentionNorms.input, .ln1Statistics, .ln1, layer, &stage)
    var attention = try self.attention(block, read, layer, &state, &stage)
    if let norm = block.attentionNorms.output { attention = operations.norm(attention, norm) }
    try stage.at(.attn, layer, &attention)

    if block.description.isParallel {
      let mlpRead =
        block.mlpNorms.input == nil
        ? read
        : try branchInput(state.stream, block.mlpNorms.input, .ln2Statistics, .ln2, layer, &stage)
      operations.add(&state.stream, attention)
      try addMLP(block, mlpRead, layer, &state, &stage)
    } else {
      operations.add(&state.stream, attention)
      try streamNorm(
        &state.stream, block.attentionNorms.stream, .ln1Statistics, .ln1, layer, &stage)
      try stage.at(.residMid, layer, &state.stream)
      if let cross = block.cross { try addCross(cross, layer, &state, &stage) }
      let mlpRead = try branchInput(
        state.stream, block.mlpNorms.input, .ln2Statistics, .ln2, layer, &stage)
      try addMLP(block, mlpRead, layer, &state, &stage)
    }
    try streamNorm(&state.stream, block.mlpNorms.stream, .ln2Statistics, .ln2, layer, &stage)
    try stage.at(.residPost, layer, &state.stream)
  }

  /// Attention to the encoder's output, as a branch of its own.
  private func addCross(
    _ cross: CrossWeights<O.Element>, _ layer: Int, _ state: inout State<O>,
    _ stage: inout Stage<O>
  ) throws(Fault) {
    let read = try branchInput(
      state.stream, cross.norms.input, .crossNormStatistics, .crossNorm, layer, &stage)
    var written = try attentionToSource(cross, read, layer, &state, &stage)
    if let norm = cross.norms.output { written = operations.norm(written, norm) }
    try stage.at(.cross, layer, &written)
    operations.add(&state.stream, written)
    try streamNorm(
      &state.stream, cross.norms.stream, .crossNormStatistics, .crossNorm, layer, &stage)
    try stage.at(.residCross, layer, &state.stream)
  }

  /// What a branch reads: the stream, or its norm.
  private func branchInput(
    _ stream: O.Value, _ norm: NormWeights<O.Element>?, _ statistics: Site.Kind, _ kind: Site.Kind,
    _ layer: Int, _ stage: inout Stage<O>
  ) throws(Fault) -> O.Value {
    guard let norm else { return stream }
    return try normalized(stream, norm, statistics, kind, layer, &stage)
  }

  /// The norm of a post-norm block, in the stream's place.
  private func streamNorm(
    _ stream: inout O.Value, _ norm: NormWeights<O.Element>?, _ statistics: Site.Kind,
    _ kind: Site.Kind, _ layer: Int, _ stage: inout Stage<O>
  ) throws(Fault) {
    guard let norm else { return }
    stream = try normalized(stream, norm, statistics, kind, layer, &stage)
  }

  /// A norm whose statistics are formed apart only when someone holds or reads them.
  func normalized(
    _ x: O.Value, _ norm: NormWeights<O.Element>, _ statistics: Site.Kind, _ kind: Site.Kind,
    _ layer: Int, _ stage: inout Stage<O>
  ) throws(Fault) -> O.Value {
    var result: O.Value
    if stage.wants(statistics, layer) {
      var own = operations.normStatistics(x, norm)
      try stage.at(statistics, layer, &own)
      result = operations.normalize(x, statistics: own, norm)
    } else {
      result = operations.norm(x, norm)
    }
    try stage.at(kind, layer, &result)
    return result
  }

  private func addMLP(
    _ block: BlockWeights<O.Element>, _ read: O.Value, _ layer: Int, _ state: inout State<O>,
    _ stage: inout Stage<O>
  ) throws(Fault) {
    var hidden = operations.linear(read, block.mlpInput)
    try stage.at(.mlpPre, layer, &hidden)
    let activation = block.description.mlp.activation
    if let gated = block.mlpGatedInput {
      operations.activateGated(&hidden, operations.linear(read, gated), activation)
    } else {
      operations.activate(&hidden, activation)
    }
    try stage.at(.mlpPost, layer, &hidden)
    var written = operations.linear(hidden, block.mlpOutput)
    if let norm = block.mlpNorms.output { written = operations.norm(written, norm) }
    try stage.at(.mlp, layer, &written)
    operations.add(&state.stream, written)
  }
}
