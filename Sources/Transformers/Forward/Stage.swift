import Faults
import Tensors

/// The one point that every addressable value passes: interventions act here, observers look here.
///
/// A stage knows beforehand which values anyone wants, as one bit for each kind in each layer, so
/// a value that nobody wants costs a test of a bit and need not exist.
struct Stage<O: Operations>: Sendable {
  private let operations: O
  private var wanted: [UInt64]
  private var edits: [Site: [Edit]] = [:]
  private var captures: [Site: [Capture]] = [:]
  private let isClassifier: Bool
  private var watches: Set<Site> = []
  /// How many entries of `wanted` are the decoder's; the encoder's lie behind them.
  private let decoderLayers: Int
  /// The side that is running; the forward pass sets it.
  var stack = Stack.decoder
  /// The chunk of the (decoder's) tokens that is running; the forward pass sets it.
  var chunk = Chunk(starts: [], counts: [])
  /// The source tokens, in a model with two stacks; the forward pass sets it.
  var source = Chunk(starts: [], counts: [])
  /// What each edit did, by its id.
  private(set) var firings: [Int: Firing] = [:]
  /// What was captured.
  private(set) var captured: [Capture: O.Value] = [:]

  /// A stage of a model, with these edits, in the order in which they act, these observers, and these
  /// values whose gradients are wanted.
  init(
    _ operations: O, _ model: ModelDescription, edits: [Edit] = [], captures: [Capture] = [],
    watches: Set<Site> = []
  ) {
    self.operations = operations
    isClassifier = model.classification != nil
    decoderLayers = max(model.blocks.count, 1)
    wanted = Array(
      repeating: 0, count: decoderLayers + max(model.encoder?.blocks.count ?? 0, 1))
    for edit in edits {
      self.edits[edit.site, default: []].append(edit)
      firings[edit.id] = Firing()
      want(edit.site)
    }
    for capture in captures {
      self.captures[capture.site, default: []].append(capture)
      want(capture.site)
    }
    self.watches = watches
    for site in watches { want(site) }
  }

  private mutating func want(_ site: Site) {
    let layers = site.stack == .encoder ? decoderLayers..<wanted.count : 0..<decoderLayers
    let place = layers.lowerBound + site.layer
    if layers.contains(place) { wanted[place] |= site.kind.bit }
  }

  /// Whether anyone wants this value.
  @inline(__always)
  func wants(_ kind: Site.Kind, _ layer: Int = 0) -> Bool {
    wanted[stack == .encoder ? decoderLayers + layer : layer] & kind.bit != 0
  }

  /// Whether what comes behind must be computed from this value, and not only beside it: an edit
  /// acts on it, or somebody asks what a change of it would do.
  func changes(_ kind: Site.Kind, _ layer: Int) -> Bool {
    guard wants(kind, layer) else { return false }
    let site = Site(kind, layer: layer, stack: stack)
    return edits[site] != nil || watches.contains(site)
  }

  /// Lets edits act on a value and observers look at it.
  @inline(__always)
  mutating func at(_ kind: Site.Kind, _ layer: Int = 0, _ value: inout O.Value) throws(Fault) {
    guard wants(kind, layer) else { return }
    try visit(Site(kind, layer: layer, stack: stack), &value)
  }

  private mutating func visit(_ site: Site, _ value: inout O.Value) throws(Fault) {
    for edit in edits[site] ?? [] { try apply(edit, &value) }
    if watches.contains(site) { operations.watch(site, &value) }
    for capture in captures[site] ?? [] { try keep(capture, value) }
  }

  /// The positions that a value has.
  private func chunk(of site: Site) -> Chunk {
    if site.stack == .encoder || site.kind.countsSource { return source }
    return site.kind == .logits && isClassifier
      ? .firstTokens(rows: chunk.counts.count) : chunk
  }

  private mutating func keep(_ capture: Capture, _ value: O.Value) throws(Fault) {
    let chunk = chunk(of: capture.site)
    guard capture.row < chunk.counts.count else { return }
    let shape = operations.shape(value)
    let range = chunk.range(capture.row)
    let isWhole =
      shape[0] == 1 && capture.components == nil && capture.positions == nil
      && range.count == chunk.width
    if isWhole {
      captured[capture] = value
      return
    }
    let positions = capture.positions ?? Array(range)
    let local = positions.filter(range.contains).map { $0 - range.lowerBound }
    guard local.count == positions.count else { return }
    let region = self.region(
      site: capture.site, row: capture.row, components: capture.components, positions: local,
      rank: shape.count)
    captured[capture] = try operations.read(value, region)
  }

  /// The region of a value that belongs to a row, components and positions of the chunk.
  private func region(
    site: Site, row: Int, components: [Int]?, positions: [Int], rank: Int, keys: [Int]? = nil
  ) -> Region {
    var selections: [[Int]?] = Array(repeating: nil, count: rank)
    selections[0] = [row]
    selections[site.kind.positionAxis] = positions
    if let axis = site.kind.componentAxis { selections[axis] = components }
    if site.kind.isPairwise { selections[3] = keys }
    return Region(selections)
  }

  private mutating func apply(_ edit: Edit, _ value: inout O.Value) throws(Fault) {
    let chunk = chunk(of: edit.site)
    for row in chunk.counts.indices where edit.row == nil || edit.row == row {
      let range = chunk.range(row)
      let places = edit.positions.places(in: range)
      guard !places.isEmpty else { continue }
      let target = EditTarget(
        row: row, start: range.lowerBound, places: places,
        region: region(
          site: edit.site, row: row, components: edit.components,
          positions: places.map { $0.position - range.lowerBound },
          rank: operations.shape(value).count))
      try act(edit, target, &value)
    }
  }

  private mutating func act(_ edit: Edit, _ target: EditTarget, _ value: inout O.Value)
    throws(Fault)
  {
    var region = target.region
    if case .write(let values) = edit.action, edit.site.kind.isPairwise {
      region = self.region(
        site: edit.site, row: target.row, components: edit.components,
        positions: target.places.map { $0.position - target.start }, rank: 4,
        keys: Array(0..<min(values.shape[2], operations.shape(value)[3])))
    }
    let before = operations.tensor(try operations.read(value, region))
    switch edit.action {
    case .zero:
      try operations.fill(&value, region, with: 0)
      try restoreMask(of: before, edit, target, &value)
    case .scale(let factor):
      try operations.scale(&value, region, by: factor)
      if factor <= 0 { try restoreMask(of: before, edit, target, &value) }
    case .write(let values):
      try operations.write(
        &value, region, try source(values, for: edit, target, keys: region.selections.last ?? nil))
    case .add(let values, let factor):
      try operations.add(&value, region, try source(values, for: edit, target), by: factor)
    case .hide(let keys, let sparingSelf):
      try hide(keys, sparingSelf: sparingSelf, edit, target, &value)
    }
    let after = operations.tensor(try operations.read(value, region))
    // An edge that was masked already is no edge: removing it is not an effect.
    if case .hide = edit.action, before.elements == after.elements { return }
    var firing = firings[edit.id] ?? Firing()
    firing.times += 1
    firing.entries += before.count
    firing.squaredChange += Kernels.squaredDistance(before, after)
    firings[edit.id] = firing
  }

  /// A score of -infinity says that a query may not look there; changing how much it looks does not
  /// change where it may.
  private func restoreMask(
    of before: Tensor<O.Element>, _ edit: Edit, _ target: EditTarget, _ scores: inout O.Value
  ) throws(Fault) {
    guard edit.site.kind.isScores, let keyCount = before.shape.last, keyCount > 0 else { return }
    let lines = before.elements
    for head in 0..<before.shape[1] {
      for (query, place) in target.places.enumerated() {
        let start = (head * target.places.count + query) * keyCount
        let masked = (0..<keyCount).filter { lines[start + $0] == -.infinity }
        guard !masked.isEmpty else { continue }
        let region = self.region(
          site: edit.site, row: target.row, components: [edit.components?[head] ?? head],
          positions: [place.position - target.start], rank: 4, keys: masked)
        try operations.fill(&scores, region, with: -.infinity)
      }
    }
  }

  /// The numbers that an edit brings for the positions that lie in this chunk, with a row axis.
  ///
  /// A pass through the cache may have come to only some of the keys that a pattern is given for.
  private func source(
    _ values: AnyTensor, for edit: Edit, _ target: EditTarget, keys: [Int]? = nil
  ) throws(Fault) -> O.Value {
    let pairwise = edit.site.kind.isPairwise
    let axis = pairwise ? 1 : 0
    guard values.shape.count > axis else {
      throw Fault("shape-mismatch", "the new value has no position axis")
    }
    var picked = values.cast(to: O.Element.self)
    var selections: [[Int]?] = Array(repeating: nil, count: picked.shape.count)
    if picked.shape[axis] > 1 { selections[axis] = target.places.map(\.source) }
    if pairwise { selections[2] = keys }
    if selections.contains(where: { $0 != nil }) {
      picked = try modelError { () throws(TensorError) in try picked.read(Region(selections)) }
    }
    return operations.constant(picked.reshaped([.row] + picked.axes, [1] + picked.shape))
  }

  private func hide(
    _ keys: [Int], sparingSelf: Bool, _ edit: Edit, _ target: EditTarget,
    _ scores: inout O.Value
  ) throws(Fault) {
    let keyCount = operations.shape(scores)[3]
    for place in target.places {
      let own = sparingSelf && edit.site.kind == .scores ? place.position : nil
      let hidden = keys.filter { $0 < keyCount && $0 != own }
      guard !hidden.isEmpty else { continue }
      let region = self.region(
        site: edit.site, row: target.row, components: edit.components,
        positions: [place.position - target.start], rank: 4, keys: hidden)
      try operations.fill(&scores, region, with: -.infinity)
      try checkKeysAreLeft(edit, target, place.position, scores)
    }
  }

  /// A query that may look nowhere has no pattern: that is refused, not answered with zeros.
  private func checkKeysAreLeft(
    _ edit: Edit, _ target: EditTarget, _ position: Int, _ scores: O.Value
  ) throws(Fault) {
    let region = self.region(
      site: edit.site, row: target.row, components: edit.components,
      positions: [position - target.start], rank: 4)
    let left = operations.tensor(try operations.read(scores, region))
    let keyCount = left.shape[3]
    let elements = left.elements
    for start in stride(from: 0, to: elements.count, by: keyCount)
    where elements[start..<start + keyCount].allSatisfy({ $0 == -.infinity }) {
      throw Fault(
        "no-key-left",
        "the token at position \(position) of layer \(edit.site.layer) would have no key to attend to",
        help: "leave it at least one key, for instance itself")
    }
  }
}

/// Where in the running chunk an edit acts.
private struct EditTarget {
  var row: Int
  var start: Int
  var places: [(position: Int, source: Int)]
  var region: Region
}
