import Faults
import Tensors

/// The forward pass: the only one there is.
///
/// It is written once, against `Operations`, for every family and every precision; running,
/// capturing, intervening and (with recording operations) differentiating are the same code.
struct Forward<O: Operations>: Sendable {
  let operations: O
  let weights: Weights<O.Element>

  /// The forward pass of a model with its numbers.
  init(_ operations: O, _ weights: Weights<O.Element>) {
    self.operations = operations
    self.weights = weights
  }

  /// A state before the first block.
  ///
  /// - Parameters:
  ///   - cache: Keys and values so far; rows go on behind them. Nil when nobody will go on from this
  ///     run.
  ///   - source: What the encoder gave before for the same sources; nil to run it.
  ///   - lengths: How long the rows are as a whole, where this run does not reach their ends.
  func start(
    _ batch: Batch, cache: KeyValueCache<O>? = nil, source: Source<O>? = nil,
    lengths: [Int]? = nil, stage: inout Stage<O>
  ) throws(Fault) -> State<O> {
    let starts = cache?.lengths ?? Array(repeating: 0, count: batch.ids.count)
    try batch.check(for: weights.description, startingAt: starts)
    let chunk = Chunk(starts: starts, counts: batch.tokenCounts(for: weights.description))
    var source = source
    if source == nil { source = try encode(batch, stage: &stage) }
    stage.chunk = chunk
    stage.source = source?.chunk ?? stage.source
    var counted = cache?.counted ?? starts
    let stream = try embed(batch, weights.embedding, chunk, &counted, &stage)
    var cache = cache
    cache?.counted = counted
    return State(stream: stream, chunk: chunk, cache: cache, source: source, lengths: lengths)
  }

  /// Runs the encoder over the sources of a batch; nil in a model with one stack.
  func encode(_ batch: Batch, stage: inout Stage<O>) throws(Fault) -> Source<O>? {
    guard let encoder = weights.encoder, let source = batch.source else { return nil }
    let chunk = Chunk(starts: source.map { _ in 0 }, counts: source.map(\.count))
    stage.source = chunk
    stage.stack = .encoder
    defer { stage.stack = .decoder }
    var counted = chunk.starts
    var state = State<O>(
      stream: try embed(Batch(ids: source), encoder.embedding, chunk, &counted, &stage),
      chunk: chunk)
    try advance(&state, through: encoder.blocks, to: encoder.blocks.count, stage: &stage)
    let output = try final(state.stream, encoder.finalNorm, stage: &stage)
    return encoded(output, counts: chunk.counts)
  }

  /// What the encoder gave before, as a source to go on from.
  func encoded(_ output: O.Value, counts: [Int]) -> Source<O> {
    Source(
      chunk: Chunk(starts: counts.map { _ in 0 }, counts: counts), output: output,
      layers: Array(repeating: nil, count: weights.blocks.count))
  }

  /// A state that goes on from a stream between two blocks, without what came before.
  func resume(
    at layer: Int, stream: O.Value, counts: [Int], source: Source<O>? = nil, stage: inout Stage<O>
  ) -> State<O> {
    let chunk = Chunk(starts: Array(repeating: 0, count: counts.count), counts: counts)
    stage.chunk = chunk
    stage.source = source?.chunk ?? stage.source
    return State(nextLayer: layer, stream: stream, chunk: chunk, cache: nil, source: source)
  }

  /// Runs the blocks up to `end`, or all that are left.
  func advance(_ state: inout State<O>, to end: Int? = nil, stage: inout Stage<O>)
    throws(Fault)
  {
    stage.chunk = state.chunk
    let last = end ?? weights.blocks.count
    try advance(&state, through: weights.blocks, to: last, stage: &stage)
    if last == weights.blocks.count {
      let ends = state.chunk.ends
      state.cache?.lengths = ends
    }
  }

  private func advance(
    _ state: inout State<O>, through blocks: [BlockWeights<O.Element>], to end: Int,
    stage: inout Stage<O>
  ) throws(Fault) {
    while state.nextLayer < end {
      if Workers.cancellation() { throw .interrupted }
      try block(blocks[state.nextLayer], state.nextLayer, &state, &stage)
      state.nextLayer += 1
    }
  }

  /// Rows of tokens or patches, positions and segments, summed and normalised: [row, position, width].
  private func embed(
    _ batch: Batch, _ embedding: EmbeddingWeights<O.Element>, _ chunk: Chunk,
    _ counted: inout [Int], _ stage: inout Stage<O>
  ) throws(Fault) -> O.Value {
    let shape = [batch.rowCount, chunk.width, weights.description.width]
    let axes: [Axis] = [.row, .position, .width]
    var stream: O.Value
    if let patches = embedding.description.patches, let patchWeights = embedding.patches {
      stream = try patchRows(batch.images ?? [], patches, patchWeights)
    } else {
      let ids = padded(batch.ids, to: chunk.width)
      stream = operations.reshape(try operations.gather(embedding.tokens, ids), axes, shape)
    }
    let scale = embedding.description.scale
    if scale != 1 { operations.scale(&stream, by: scale) }
    try stage.at(.embed, 0, &stream)
    if embedding.description.hasPositionRows {
      let places = embedding.description.places(of: batch.ids, chunk, &counted)
      var positions = operations.reshape(
        try positionRows(embedding, padded(places, to: chunk.width)), axes, shape)
      try stage.at(.pos, 0, &positions)
      operations.add(&stream, positions)
    }
    if let table = embedding.segments {
      let segments = batch.segments ?? batch.ids.map { $0.map { _ in 0 } }
      operations.add(
        &stream,
        operations.reshape(
          try operations.gather(table, padded(segments, to: chunk.width)), axes, shape))
    }
    if let norm = embedding.norm { stream = operations.norm(stream, norm) }
    return stream
  }

  /// Rows of the position table, or the sines and cosines that stand for them.
  private func positionRows(_ embedding: EmbeddingWeights<O.Element>, _ places: [Int])
    throws(Fault) -> O.Value
  {
    if let table = embedding.positions { return try operations.gather(table, places) }
    return operations.constant(
      SinusoidalTable.rows(at: places, width: weights.description.width))
  }

  private func padded(_ rows: [[Int]], to width: Int) -> [Int] {
    rows.flatMap { $0 + Array(repeating: 0, count: width - $0.count) }
  }
}
