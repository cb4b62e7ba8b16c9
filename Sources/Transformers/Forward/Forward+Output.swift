import Faults
import Tensors

/// Which logits a run is to compute: the vocabulary product is done for these and no others.
public struct OutputRequest: Sendable, Equatable {
  /// The positions of each row, or nil for all of the chunk's own.
  public var positions: [[Int]]?
  /// The vocabulary columns, or nil for all.
  public var columns: [Int]?

  /// Every logit of every position.
  public static let all = OutputRequest(positions: nil, columns: nil)

  /// Some positions of each row, and some columns.
  public init(positions: [[Int]]?, columns: [Int]? = nil) {
    self.positions = positions
    self.columns = columns
  }

  /// The last position of each row.
  public static func last(of counts: [Int]) -> OutputRequest {
    OutputRequest(positions: counts.map { [$0 - 1] })
  }
}

/// The logits that a run was asked for, rows of the batch one behind the other.
struct Logits<O: Operations>: Sendable {
  /// The numbers, [position, vocabulary].
  var value: O.Value
  /// Which of the positions belong to each row of the batch.
  var rows: [Range<Int>]
}

extension Forward {
  /// The stream behind the final norm, [row, position, width].
  func final(_ state: State<O>, stage: inout Stage<O>) throws(Fault) -> O.Value {
    try final(state.stream, weights.finalNorm, stage: &stage)
  }

  /// A stack's last stream behind its final norm, where it has one.
  func final(_ stream: O.Value, _ norm: NormWeights<O.Element>?, stage: inout Stage<O>)
    throws(Fault) -> O.Value
  {
    if let norm { return try normalized(stream, norm, .finalStatistics, .final, 0, &stage) }
    var stream = stream
    try stage.at(.final, 0, &stream)
    return stream
  }

  /// The logits of each row at the requested positions.
  ///
  /// Only the requested rows and columns of the vocabulary product are computed, unless someone
  /// wants the logits as a whole.
  ///
  /// - Throws: `Fault` when the model has no way to logits.
  func logits(_ state: State<O>, _ request: OutputRequest, stage: inout Stage<O>)
    throws(Fault) -> Logits<O>
  {
    guard let output = weights.output else {
      throw Fault(
        "no-logits", "this model is a bare body: it has no logits",
        help: "read its hidden states instead, for instance with   capture p final")
    }
    if Workers.cancellation() { throw .interrupted }
    let (places, rows) = places(of: request, in: state.chunk)
    if stage.wants(.logits) {
      return try editedLogits(state, request, output, stage: &stage)
    }
    var picked: O.Value
    if stage.wants(.final) || stage.wants(.finalStatistics) {
      picked = try pick(try final(state, stage: &stage), places, .width)
    } else {
      picked = try pick(state.stream, places, .width)
      if let norm = weights.finalNorm { picked = operations.norm(picked, norm) }
    }
    return Logits(value: try vocabulary(picked, output, columns: request.columns), rows: rows)
  }

  /// The logits of all positions that have any, as the stage leaves them, and of these the
  /// requested ones.
  private func editedLogits(
    _ state: State<O>, _ request: OutputRequest, _ output: OutputWeights<O.Element>,
    stage: inout Stage<O>
  ) throws(Fault) -> Logits<O> {
    var final = try final(state, stage: &stage)
    var chunk = state.chunk
    if weights.description.classification != nil {
      final = try operations.read(final, Region([nil, [0], nil]))
      chunk = .firstTokens(rows: chunk.counts.count)
    }
    // Padding is left out, so that the product has as many rows, and rounds as, without a stage.
    let (live, _) = self.places(of: .all, in: chunk)
    let flat = try vocabulary(try pick(final, live, .width), output, columns: nil)
    var whole = try spread(flat, over: live, in: chunk)
    try stage.at(.logits, 0, &whole)
    let (places, rows) = places(of: request, in: chunk)
    return Logits(
      value: try pick(whole, places, .vocabulary, columns: request.columns), rows: rows)
  }

  /// Rows of [position, column] at their places in [row, position, column]; padding is zero.
  private func spread(_ flat: O.Value, over places: [Int], in chunk: Chunk)
    throws(Fault) -> O.Value
  {
    let columns = operations.shape(flat)[1]
    let axes: [Axis] = [.row, .position, .vocabulary]
    let shape = [chunk.counts.count, chunk.width, columns]
    if places.count == shape[0] * shape[1] { return operations.reshape(flat, axes, shape) }
    var whole = operations.constant(
      Tensor(zeros: [.position, .vocabulary], [shape[0] * shape[1], columns]))
    try operations.write(&whole, Region([places, nil]), flat)
    return operations.reshape(whole, axes, shape)
  }

  /// The way from the final stream to the logits: [leading axes…, vocabulary].
  func vocabulary(
    _ final: O.Value, _ output: OutputWeights<O.Element>, columns: [Int]?
  ) throws(Fault) -> O.Value {
    var x = final
    if let transform = output.transform {
      x = operations.linear(x, transform.dense)
      operations.activate(&x, transform.activation)
      if let norm = transform.norm { x = operations.norm(x, norm) }
    }
    var weight = output.vocabulary
    if let columns {
      weight = try modelError { () throws(TensorError) in try weight.selecting(outputs: columns) }
    }
    let shape = operations.shape(x)
    var logits = operations.linear(x, weight)
    let axes: [Axis] =
      shape.count == 3 ? [.row, .position, .vocabulary] : [.position, .vocabulary]
    logits = operations.reshape(logits, axes, shape.dropLast() + [weight.outputCount])
    if let cap = output.softCap { operations.softCap(&logits, cap) }
    return logits
  }

  /// Where the requested positions stand in [row × position], and which belong to each row.
  ///
  /// A classifier has one row of logits for each row, read off its first token.
  private func places(of request: OutputRequest, in chunk: Chunk) -> ([Int], [Range<Int>]) {
    let isClassifier = weights.description.classification != nil
    var places: [Int] = []
    var rows: [Range<Int>] = []
    for row in chunk.counts.indices {
      let range = chunk.range(row)
      let positions = isClassifier ? [0] : request.positions?[row] ?? Array(range)
      let first = places.count
      for position in positions where range.contains(position) {
        places.append(row * chunk.width + position - range.lowerBound)
      }
      rows.append(first..<places.count)
    }
    return (places, rows)
  }

  /// Some positions of [row, position, axis] as [position, axis]; the whole is not copied.
  private func pick(_ x: O.Value, _ places: [Int], _ axis: Axis, columns: [Int]? = nil)
    throws(Fault) -> O.Value
  {
    let shape = operations.shape(x)
    let flat = operations.reshape(x, [.position, axis], [shape[0] * shape[1], shape[2]])
    if columns == nil, places.elementsEqual(0..<shape[0] * shape[1]) { return flat }
    return try operations.read(flat, Region([places, columns]))
  }
}
