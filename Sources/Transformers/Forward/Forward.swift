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
  /// - Parameter cache: Keys and values so far; rows go on behind them. Nil when nobody will go on
  ///   from this run.
  func start(
    _ batch: Batch, cache: KeyValueCache<O>? = nil, stage: inout Stage<O>
  ) throws(ModelError) -> State<O> {
    let starts = cache?.lengths ?? Array(repeating: 0, count: batch.ids.count)
    try batch.check(for: weights.description, startingAt: starts)
    let chunk = Chunk(starts: starts, counts: batch.ids.map(\.count))
    stage.chunk = chunk
    return State(stream: try embed(batch, chunk, &stage), chunk: chunk, cache: cache)
  }

  /// A state that goes on from a stream between two blocks, without what came before.
  func resume(
    at layer: Int, stream: O.Value, counts: [Int], stage: inout Stage<O>
  ) -> State<O> {
    let chunk = Chunk(starts: Array(repeating: 0, count: counts.count), counts: counts)
    stage.chunk = chunk
    return State(nextLayer: layer, stream: stream, chunk: chunk, cache: nil)
  }

  /// Runs the blocks up to `end`, or all that are left.
  func advance(_ state: inout State<O>, to end: Int? = nil, stage: inout Stage<O>)
    throws(ModelError)
  {
    stage.chunk = state.chunk
    let last = end ?? weights.blocks.count
    while state.nextLayer < last {
      if Workers.cancellation() { throw .interrupted }
      try block(state.nextLayer, &state, &stage)
      state.nextLayer += 1
    }
    if last == weights.blocks.count {
      let ends = state.chunk.starts.indices.map(state.end)
      state.cache?.lengths = ends
    }
  }

  /// Token rows, positions and segments, summed and normalised: [row, position, width].
  private func embed(_ batch: Batch, _ chunk: Chunk, _ stage: inout Stage<O>) throws(ModelError)
    -> O.Value
  {
    let shape = [batch.ids.count, chunk.width, weights.description.width]
    let axes: [Axis] = [.row, .position, .width]
    let ids = padded(batch.ids, to: chunk.width)
    var stream = operations.reshape(try operations.gather(weights.tokens, ids), axes, shape)
    let scale = weights.description.embedding.scale
    if scale != 1 { operations.scale(&stream, by: scale) }
    try stage.at(.embed, 0, &stream)
    if let table = weights.positions, let learned = weights.description.embedding.learnedPositions {
      let places = chunk.starts.indices.map { row in
        chunk.range(row).map { $0 + learned.offset }
      }
      var positions = operations.reshape(
        try operations.gather(table, padded(places, to: chunk.width)), axes, shape)
      try stage.at(.pos, 0, &positions)
      operations.add(&stream, positions)
    }
    if let table = weights.segments {
      let segments = batch.segments ?? batch.ids.map { $0.map { _ in 0 } }
      operations.add(
        &stream,
        operations.reshape(
          try operations.gather(table, padded(segments, to: chunk.width)), axes, shape))
    }
    if let norm = weights.embeddingNorm { stream = operations.norm(stream, norm) }
    return stream
  }

  private func padded(_ rows: [[Int]], to width: Int) -> [Int] {
    rows.flatMap { $0 + Array(repeating: 0, count: width - $0.count) }
  }
}

extension State {
  /// The length of a row behind the running chunk.
  func end(_ row: Int) -> Int { chunk.starts[row] + chunk.counts[row] }
}
