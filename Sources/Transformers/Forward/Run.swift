import Faults
import Tensors

/// What a run is to do: which rows, which changes, and what to keep.
public struct RunRequest: Sendable {
  /// The rows.
  public var batch: Batch
  /// The changes, in the order in which they act.
  public var edits: [Edit]
  /// What to keep; nothing else is kept.
  public var captures: [Capture]
  /// Which logits to compute, or nil for none: the run then stops behind the last layer that
  /// somebody looks at.
  public var output: OutputRequest?
  /// What the encoder gave for the same sources before, [row, position, width]; it is then not run
  /// again.
  public var encoded: AnyTensor?

  /// A request from its parts.
  public init(
    _ batch: Batch, edits: [Edit] = [], captures: [Capture] = [],
    output: OutputRequest? = nil, encoded: AnyTensor? = nil
  ) {
    self.batch = batch
    self.encoded = encoded
    self.edits = edits
    self.captures = captures
    self.output = output
  }
}

/// What a run gave.
public struct RunResult: Sendable {
  /// The requested logits, [position, vocabulary], rows of the batch one behind the other.
  public var logits: AnyTensor?
  /// Which positions of `logits` belong to each row.
  public var rows: [Range<Int>]
  /// What was captured; shapes as at the site, with a first axis of one row.
  public var captured: [Capture: AnyTensor]
  /// What each edit did.
  public var firings: [Int: Firing]
}

extension Weights: Runtime {
  /// Runs the forward pass once.
  ///
  /// - Throws: `Fault` when the rows do not fit the model, an edit does not fit its site, or
  ///   the user stopped the run.
  public func run(_ request: RunRequest) throws(Fault) -> RunResult {
    let forward = Forward(Eager<Element>(), self)
    var stage = stage(for: request)
    var state = try forward.start(
      request.batch, source: forward.encoded(request), stage: &stage)
    return try forward.finish(&state, request, stage: &stage)
  }

  /// Runs the blocks from `layer` on, over a stream that stood before that layer.
  ///
  /// - Parameter stream: [row, position, width], one row for each row of the request's batch.
  /// - Throws: As `run`.
  public func resume(at layer: Int, stream: AnyTensor, _ request: RunRequest)
    throws(Fault) -> RunResult
  {
    let forward = Forward(Eager<Element>(), self)
    var stage = stage(for: request)
    var source = forward.encoded(request)
    if source == nil, layer < blocks.count {
      source = try forward.encode(request.batch, stage: &stage)
    }
    var state = forward.resume(
      at: layer, stream: stream.cast(to: Element.self),
      counts: request.batch.tokenCounts(for: description),
      source: source, stage: &stage)
    return try forward.finish(&state, request, stage: &stage)
  }

  private func stage(for request: RunRequest) -> Stage<Eager<Element>> {
    Stage(Eager(), description, edits: request.edits, captures: request.captures)
  }
}

extension Forward {
  /// What the request brings of the encoder's work.
  fileprivate func encoded(_ request: RunRequest) -> Source<O>? {
    guard let tensor = request.encoded, let source = request.batch.source else { return nil }
    return encoded(
      operations.constant(tensor.cast(to: O.Element.self)), counts: source.map(\.count))
  }

  fileprivate func finish(
    _ state: inout State<O>, _ request: RunRequest, stage: inout Stage<O>
  ) throws(Fault) -> RunResult {
    var logits: Logits<O>?
    if let output = request.output {
      try advance(&state, stage: &stage)
      logits = try self.logits(state, output, stage: &stage)
    } else {
      try advance(&state, to: lastLayer(of: request), stage: &stage)
      if request.captures.contains(where: \.site.isBehindBlocks) {
        try finishCaptures(state, request, stage: &stage)
      }
    }
    return RunResult(
      logits: logits.map { AnyTensor(operations.tensor($0.value)) }, rows: logits?.rows ?? [],
      captured: stage.captured.mapValues { AnyTensor(operations.tensor($0)) },
      firings: stage.firings)
  }

  private func finishCaptures(
    _ state: State<O>, _ request: RunRequest, stage: inout Stage<O>
  ) throws(Fault) {
    if request.captures.contains(where: { $0.site.kind == .logits }) {
      _ = try logits(state, .all, stage: &stage)
    } else {
      _ = try final(state, stage: &stage)
    }
  }

  private func lastLayer(of request: RunRequest) -> Int {
    if request.captures.contains(where: \.site.isBehindBlocks) { return weights.blocks.count }
    let layers = request.captures.filter { $0.site.stack == .decoder && $0.site.kind.isInBlock }
      .map { $0.site.layer + 1 }
    return layers.max() ?? 0
  }
}

extension Site {
  /// Whether the value stands behind the last block of the stack that gives the logits.
  fileprivate var isBehindBlocks: Bool { stack == .decoder && kind.isBehindBlocks }
}

extension Site.Kind {
  /// Whether the value stands behind the last block.
  public var isBehindBlocks: Bool { rawValue >= Self.finalStatistics.rawValue }
  /// Whether the value belongs to a block.
  public var isInBlock: Bool { !isBehindBlocks && self != .embed && self != .pos }
}
