import Faults
import Tensors

/// What to generate, and how.
public struct GenerationRequest: Sendable {
  /// The prompt's ids; of a model with two stacks, what the decoder has so far.
  public var ids: [Int]
  /// The source's ids, for a model with two stacks.
  public var source: [Int]?
  /// How many tokens to add at most.
  public var count: Int
  /// How each is chosen.
  public var sampling: Sampling
  /// What random choices start from.
  public var seed: UInt64
  /// Changes that hold at the positions that they name, in the prompt and behind it.
  public var edits: [Edit]
  /// What is done to the logits before one is chosen, and after which ids generation stops.
  public var rules: LogitRules
  /// Whether keys and values are kept between steps; the text is the same either way.
  public var isCached: Bool

  /// A request from its parts.
  public init(
    ids: [Int], source: [Int]? = nil, count: Int, sampling: Sampling = .greedy, seed: UInt64 = 0,
    edits: [Edit] = [], rules: LogitRules = LogitRules(), isCached: Bool = true
  ) {
    self.ids = ids
    self.source = source
    self.count = count
    self.sampling = sampling
    self.seed = seed
    self.edits = edits
    self.rules = rules
    self.isCached = isCached
  }
}

/// What was generated, and why it ended.
public struct GenerationResult: Sendable {
  /// Why generation ended.
  public enum End: Sendable, Equatable {
    /// All requested tokens were made.
    case count
    /// The model gave an end token.
    case endToken
    /// The model takes no longer rows.
    case context
  }
  /// The new ids, without the end token.
  public var ids: [Int]
  /// Why there are no more.
  public var end: End
  /// What each edit did.
  public var firings: [Int: Firing]
}

extension Weights {
  /// Adds tokens to a prompt, one after the other.
  ///
  /// - Parameter onToken: Called with each new id as it is there.
  /// - Throws: `Fault` when the prompt does not fit the model or the user stopped the run;
  ///   what `onToken` throws is passed on.
  public func generate(
    _ request: GenerationRequest, onToken: (Int) throws(Fault) -> Void
  ) throws(Fault) -> GenerationResult {
    let limit = description.contextLength.map { $0 - request.ids.count } ?? request.count
    let count = min(request.count, max(limit, 0))
    var steps = try DecodingSteps(self, request, capacity: request.ids.count + count)
    var generator = SeededGenerator(seed: request.seed)
    var made: [Int] = []
    var end = GenerationResult.End.count
    while made.count < count {
      var logits = try steps.next(after: made)
      request.rules.apply(
        to: &logits,
        at: LogitRules.Place(
          row: request.ids + made, promptCount: request.ids.count, count: count,
          source: request.source))
      let id = request.sampling.choose(from: logits, using: &generator)
      if request.rules.endTokens.contains(id) {
        end = .endToken
        break
      }
      made.append(id)
      try onToken(id)
    }
    if end == .count, made.count < request.count { end = .context }
    return GenerationResult(ids: made, end: end, firings: steps.stage.firings)
  }
}

extension ModelDescription {
  /// Whether a row that grows from one length to another is rotated by other angles then.
  fileprivate func turnsOtherwise(from length: Int, to other: Int) -> Bool {
    length > 0
      && blocks.contains { $0.attention.rotary?.changes(from: length, to: other) ?? false }
  }
}

/// The passes that generation makes: the prompt first, then one token at a time behind a cache, or
/// the whole row again each time.
private struct DecodingSteps<Element: Scalar> {
  let forward: Forward<Eager<Element>>
  let request: GenerationRequest
  var stage: Stage<Eager<Element>>
  var cache: KeyValueCache<Eager<Element>>?
  var source: Source<Eager<Element>>?
  var position = 0
  let capacity: Int

  init(_ weights: Weights<Element>, _ request: GenerationRequest, capacity: Int)
    throws(Fault)
  {
    try Self.check(weights.description)
    forward = Forward(Eager(), weights)
    self.request = request
    self.capacity = capacity
    stage = Stage(Eager(), weights.description, edits: request.edits)
    if request.isCached {
      cache = KeyValueCache(layerCount: weights.blocks.count, rows: 1, capacity: capacity)
    }
  }

  private static func check(_ model: ModelDescription) throws(Fault) {
    guard model.classification == nil else {
      throw Fault(
        "cannot-generate", "this model does not generate: it is a classifier",
        help: "ask for its labels instead, with   predict p")
    }
    guard model.canGenerate else {
      throw Fault(
        "cannot-generate", "this model does not generate: it reads in both directions",
        help: "ask for predictions at a masked token instead, with   predict (mask p @3)")
    }
  }

  /// The logits behind the prompt and what was made so far.
  ///
  /// Where the length of the row decides by which angles its tokens are turned, the row starts over
  /// when these change, so that the text is that of a run without a cache.
  mutating func next(after made: [Int]) throws(Fault) -> [Element] {
    let all = request.ids + made
    if request.isCached, forward.weights.description.turnsOtherwise(from: position, to: all.count) {
      // What was kept was turned by other angles, and all that followed from it is different too.
      cache = KeyValueCache(
        layerCount: forward.weights.blocks.count, rows: 1, capacity: capacity)
      position = 0
    }
    let live = request.isCached ? Array(all[position...]) : all
    position = all.count
    var batch = Batch(ids: [live])
    batch.source = request.source.map { [$0] }
    var state = try forward.start(batch, cache: cache, source: source, stage: &stage)
    cache = nil  // the state holds the only reference, so that it is written in place
    try forward.advance(&state, stage: &stage)
    cache = state.cache
    if request.isCached { source = state.source }
    let last = OutputRequest(positions: [[all.count - 1]])
    return try forward.logits(state, last, stage: &stage).value.elements
  }
}
