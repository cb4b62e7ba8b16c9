import Faults
import Tensors
import Transformers

/// Gathers the vectors of many tokens: tokens are drawn evenly from all texts, the texts run batch by
/// batch, and only the drawn rows are kept.
public struct Gathering: Sendable {
  /// A place to gather from.
  private struct Place {
    let address: Address
    let site: ResolvedSite
    let width: Int
  }

  private let experiment: Experiment
  private let rows: [AnnotatedRow]
  private let places: [Place]
  /// The drawn tokens, in the order of the texts.
  public let tokens: [GatheredToken]
  /// How many tokens there were to draw from.
  public let available: Int
  /// Which drawn tokens are each text's.
  private let slots: [Range<Int>]

  /// Draws tokens and finds the places.
  ///
  /// - Parameters:
  ///   - experiment: The model, and what is in force.
  ///   - rows: The texts as the model reads them.
  ///   - addresses: Where; those that name several heads or groups give a site for each.
  ///   - count: How many tokens are drawn; all when there are no more.
  ///   - seed: What they are drawn from.
  ///   - special: Whether tokens that the tokenizer puts around a text may be drawn too.
  /// - Throws: `Fault` when an address is not in the model or has no vector for a token, when
  ///   addresses count different tokens, and when there is nothing to draw.
  public init(
    _ experiment: Experiment, _ rows: [AnnotatedRow], at addresses: [Address], count: Int,
    seed: UInt64, special: Bool = false
  ) throws(Fault) {
    let model = experiment.model.description
    var places: [Place] = []
    for address in addresses {
      for single in try model.singles(of: address) {
        for site in try model.sites(of: single) where !places.contains(where: { $0.site == site }) {
          try Self.check(single, site, model)
          places.append(
            Place(address: single, site: site, width: model.numbersPerPosition(of: site)))
        }
      }
    }
    guard let first = places.first else {
      throw Fault("missing-argument", "there is no address to gather from")
    }
    let side = Self.side(first.site.site, model)
    for place in places where Self.side(place.site.site, model) != side {
      throw Fault(
        "wrong-address", "\(first.address) and \(place.address) count different tokens",
        help: "gather them one by one")
    }
    let positions = addresses.map(\.positions)
    guard Set(positions).count == 1 else {
      throw Fault(
        "wrong-address", "the addresses name different positions", help: "gather them one by one")
    }
    var candidates: [(text: Int, position: Int)] = []
    for (text, row) in rows.enumerated() {
      let tokens = row.row.extent(of: first.site.site, in: model)
      let chosen =
        try positions[0].map { selector throws(Fault) in try tokens.resolve(selector) }
        ?? Array(0..<tokens.count)
      for position in chosen.sorted()
      where special || positions[0] != nil || tokens.tokens[position].origin != .template {
        candidates.append((text, position))
      }
    }
    guard !candidates.isEmpty else {
      throw Fault("empty-corpus", "the texts have no tokens to gather")
    }
    available = candidates.count
    let drawn = SeededGenerator.choose(count, of: candidates.count, seed: seed)
    (tokens, slots) = Self.tokens(drawn.map { candidates[$0] }, of: rows, first.site.site, model)
    self.experiment = experiment
    self.rows = rows
    self.places = places
  }

  /// Memory for the vectors and for running one batch beside the model, in bytes.
  public var byteCount: Int { vectorBytes + batchBytes }

  /// Memory for one batch beside the model, in bytes: what `stream` takes.
  public var streamingByteCount: Int { batchBytes }

  /// The addresses, one for each site.
  public var addresses: [Address] { places.map(\.address) }

  /// The most tokens whose vectors fit into so many bytes.
  public func tokens(within bytes: Int) -> Int {
    let perToken = max(1, vectorBytes / max(1, tokens.count))
    return max(0, (bytes - batchBytes) / perToken)
  }

  /// What the vectors take in memory or in a file, in bytes.
  public var vectorBytes: Int {
    tokens.count * places.reduce(0) { $0 + $1.width } * experiment.runtime.precision.byteCount
  }

  private var run: CorpusRun {
    CorpusRun(experiment, rows, tokensPerBatch: 1_024, bytesPerBatch: 32 << 20)
  }

  /// What one batch takes while it runs: the layers' own numbers, and what is captured.
  private var batchBytes: Int {
    let model = experiment.model.description
    let wanted = rows.indices.filter { !slots[$0].isEmpty }.map { rows[$0].row }
    let lengths = wanted.map { max($0.count, $0.source?.count ?? 0) }
    let run = run
    let tokens = min(max(run.tokensPerBatch, lengths.max() ?? 0), lengths.reduce(0, +))
    let captured = wanted.map { row in
      places.reduce(0) { $0 + model.numbers(of: $1.site, row: row) }
    }
    let bytes = experiment.runtime.precision.byteCount
    let kept = min(
      max(run.bytesPerBatch, (captured.max() ?? 0) * bytes), captured.reduce(0, +) * bytes)
    return tokens * model.numbersPerToken * bytes + kept
  }

  /// Runs the texts.
  ///
  /// An interruption keeps the tokens of the texts that are done, and says so in the notes.
  ///
  /// - Parameter progress: Called with the tokens gathered and all that are wanted; it may throw
  ///   `Fault.interrupted`.
  /// - Returns: The vectors, and whether they are all.
  /// - Throws: `Fault` as `CorpusRun.forEach`.
  public func gather(
    progress: (Int, Int) throws(Fault) -> Void = { _, _ in }
  ) throws(Fault) -> (activations: Activations, isComplete: Bool) {
    var matrices = places.map { place in
      isDouble
        ? AnyTensor(Tensor<Double>(zeros: ["token", .width], [tokens.count, place.width]))
        : AnyTensor(Tensor<Float>(zeros: ["token", .width], [tokens.count, place.width]))
    }
    let done = try stream(progress: progress) { place, values, rows throws(Fault) in
      try matrices[place].write(values, rows: rows, width: places[place].width)
    }
    let sites = zip(places, matrices).map { Activations.Site($0.address, $1) }
    let all = Activations(
      sites: sites, tokens: tokens, model: experiment.model.name, notes: rows.notes)
    if isWhole(done) { return (all, true) }
    var part = all.picking(done.flatMap { Array($0) })
    part.notes = notes(of: done)
    return (part, false)
  }

  /// Runs the texts and hands the vectors of each on as they come, so that they take no memory.
  ///
  /// An interruption ends it quietly once a text is done.
  ///
  /// - Parameters:
  ///   - progress: As in `gather`.
  ///   - write: Gets the place of a site among `addresses`, the vectors there of a text's tokens, and
  ///     which of `tokens` these are.
  /// - Returns: Which tokens are done, in ascending order.
  /// - Throws: `Fault` as `CorpusRun.forEach`, and what `write` throws.
  public func stream(
    progress: (Int, Int) throws(Fault) -> Void = { _, _ in },
    write: (Int, AnyTensor, Range<Int>) throws(Fault) -> Void
  ) throws(Fault) -> [Range<Int>] {
    let wanted = rows.indices.filter { !slots[$0].isEmpty }
    var run = run
    run.rows = wanted.map { rows[$0] }
    var done: [Range<Int>] = []
    var count = 0
    let positions = { (place: Int, _: Transformers.Site) -> [Int]? in
      tokens[slots[wanted[place]]].map(\.position)
    }
    try run.forEach(
      places.map(\.site), positions: positions, keepingWhatIsDone: true,
      progress: { _, _ throws(Fault) in try progress(count, tokens.count) }
    ) { place, captured throws(Fault) in
      let slots = slots[wanted[place]]
      for (index, place) in places.enumerated() {
        try write(index, try captured.value(place.site), slots)
      }
      done.append(slots)
      count += slots.count
    }
    return done.sorted { $0.lowerBound < $1.lowerBound }
  }

  /// Whether these are all tokens.
  public func isWhole(_ done: [Range<Int>]) -> Bool {
    done.reduce(0) { $0 + $1.count } == tokens.count
  }

  /// What must be said of the vectors of these tokens.
  public func notes(of done: [Range<Int>]) -> [String] {
    if isWhole(done) { return rows.notes }
    let count = done.reduce(0) { $0 + $1.count }
    return rows.notes + ["stopped: \(count) of \(tokens.count) tokens"]
  }

  /// Whether the model's numbers are float64.
  public var isDouble: Bool { experiment.runtime.precision != .single }

  /// The model's name.
  public var model: String { experiment.model.name }

  /// How many numbers a token has at each of `addresses`.
  public var widths: [Int] { places.map(\.width) }
}

extension Gathering {
  /// Which tokens a site counts.
  private enum Side { case row, source, label }

  private static func side(_ site: Site, _ model: ModelDescription) -> Side {
    if site.stack == .encoder || site.kind.countsSource { return .source }
    return site.kind == .logits && model.classification != nil ? .label : .row
  }

  private static func check(
    _ address: Address, _ site: ResolvedSite, _ model: ModelDescription
  ) throws(Fault) {
    if site.site.kind.isPairwise {
      throw Fault(
        "wrong-address", "\(address) has no vector for a token: it relates tokens with one another",
        help: "`capture` gives it for one prompt")
    }
    if side(site.site, model) == .label {
      throw Fault(
        "wrong-address", "a classifier has one row of logits for a text, not one for a token",
        help: "`predict` shows them; gather `final` instead")
    }
  }

  /// The id of a token of the text; nil for one that the tokenizer put around it.
  private static func id(_ position: Int, of tokens: [PromptToken]) -> Int? {
    tokens.indices.contains(position) && tokens[position].origin != .template
      ? tokens[position].id : nil
  }

  /// The drawn tokens with what is known of them, and which of them each text has.
  private static func tokens(
    _ drawn: [(text: Int, position: Int)], of rows: [AnnotatedRow], _ site: Site,
    _ model: ModelDescription
  ) -> ([GatheredToken], [Range<Int>]) {
    var tokens: [GatheredToken] = []
    tokens.reserveCapacity(drawn.count)
    var slots: [Range<Int>] = []
    var next = 0
    let isTarget = model.encoder != nil && side(site, model) == .row
    for (text, row) in rows.enumerated() {
      let first = next
      let all = row.row.extent(of: site, in: model).tokens
      let places = isTarget ? row.targetWords : row.words
      let words = isTarget ? row.text.targetWords : row.text.words
      let pieces = isTarget ? row.targetPieces : row.pieces
      while next < drawn.count, drawn[next].text == text {
        let position = drawn[next].position
        let place = places.indices.contains(position) ? places[position] : nil
        tokens.append(
          GatheredToken(
            text: text, position: position, id: all[position].id, token: all[position].text,
            maskedID: all[position].maskedID,
            previousID: Self.id(position - 1, of: all), nextID: Self.id(position + 1, of: all),
            word: place.map { words[$0] }, place: place,
            piece: place.flatMap { pieces[$0].firstIndex(of: position) } ?? 0))
        next += 1
      }
      slots.append(first..<next)
    }
    return (tokens, slots)
  }
}

extension AnyTensor {
  /// Writes numbers into some rows of a matrix.
  fileprivate mutating func write(
    _ values: AnyTensor, rows: Range<Int>, width: Int
  ) throws(Fault) {
    guard values.count == rows.count * width else {
      throw Fault(
        "shape-mismatch", "\(rows.count) tokens gave \(values.count) numbers, not \(width) each")
    }
    let flat = values.reshaped(["token", .width], [rows.count, width])
    let region = Region([Array(rows), nil])
    do throws(TensorError) {
      switch self {
      // The matrix is let go before it is written to, so that it is not copied.
      case .single(var tensor):
        self = .single(Tensor(zeros: [], []))
        try tensor.write(region, flat.cast(to: Float.self))
        self = .single(tensor)
      case .double(var tensor):
        self = .double(Tensor(zeros: [], []))
        try tensor.write(region, flat.cast(to: Double.self))
        self = .double(tensor)
      }
    } catch {
      throw Fault("shape-mismatch", "\(error)")
    }
  }
}
