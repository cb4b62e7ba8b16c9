import Faults
import Tensors
import Transformers

/// Turns interventions into the primitive edits of the forward pass, for the rows of one run.
///
/// Values that come from other prompts, or from the untouched run, are captured here: each source
/// row is run once for all the interventions that need it.
public struct EditPlanner {
  let model: Model
  let runtime: any Runtime
  /// The rows of the run.
  let rows: [PromptRow]
  private var sources: [PromptRow: SourceValues] = [:]

  /// A planner for the rows of one run.
  public init(model: Model, runtime: any Runtime, rows: [PromptRow]) {
    self.model = model
    self.runtime = runtime
    self.rows = rows
  }

  /// The edits of these interventions.
  ///
  /// - Throws: `Fault` when an address, a position or a shape does not fit.
  public mutating func edits(for active: [ActiveIntervention]) throws(Fault) -> [Edit] {
    try gatherSources(for: active)
    var edits: [Edit] = []
    for item in active {
      for (index, row) in rows.enumerated() {
        for site in try sites(of: item.intervention) {
          edits += try self.edits(item, site, row: row, place: index)
        }
      }
    }
    return edits
  }

  /// The sites that an intervention changes, moved to where the same change is exact and cheap:
  /// linear changes of a head's output are made on the values that its projection reads.
  func sites(of intervention: Intervention) throws(Fault) -> [ResolvedSite] {
    guard let target = intervention.target else {
      guard model.description.encoder == nil else {
        throw Fault(
          "wrong-address", "\(intervention.name): the model has attention of three kinds",
          help: "say which, such as   \(intervention.name) enc.L*.H* …   or dec.L*.cross.H*")
      }
      return model.description.blocks.indices.map { ResolvedSite(Site(.scores, layer: $0)) }
    }
    let sites = try model.description.sites(of: target)
    return try sites.map { resolved throws(Fault) in
      var resolved = resolved
      resolved.site.kind = try intervention.kind(for: resolved.site.kind, at: target)
      let finalNorm =
        resolved.site.stack == .encoder
        ? model.description.encoder?.finalNorm : model.description.finalNorm
      if resolved.site.kind == .finalStatistics, finalNorm == nil {
        resolved.site.kind = .final  // without a norm, the value itself is what can be held
      }
      return resolved
    }
  }

  private func edits(
    _ item: ActiveIntervention, _ resolved: ResolvedSite, row: PromptRow, place: Int
  ) throws(Fault) -> [Edit] {
    let intervention = item.intervention
    let whole = row
    let row = whole.extent(of: resolved.site, in: model.description)
    let keys = whole.keys(of: resolved.site)
    let explicit = try intervention.positions(in: row)
    func edit(_ action: Edit.Action, _ positions: PositionSet) -> Edit {
      Edit(
        id: item.id, site: resolved.site, row: place, components: resolved.components,
        positions: positions, action: action)
    }
    let open = intervention.positionSet(explicit, promptCount: row.promptCount)
    switch intervention.action {
    case .zero: return [edit(.zero, open)]
    case .scale(let factor): return [edit(.scale(factor), open)]
    case .steer(let vector, let factor):
      return [edit(.add(try spread(vector, over: resolved), by: factor), open)]
    case .cut(_, let to):
      return [edit(.hide(keys: try keys.resolve(to), sparingSelf: false), open)]
    case .hide(let hidden):
      return [edit(.hide(keys: try keys.resolve(hidden), sparingSelf: true), open)]
    case .replace(let array):
      let positions = explicit ?? Array(0..<row.promptCount)
      let tensor = try fit(array, to: resolved, positions: positions.count, keys: keys.promptCount)
      return [edit(.write(tensor), intervention.closed(positions, promptCount: row.promptCount))]
    case .meanAblate, .resample, .patch, .freeze:
      let positions = explicit ?? Array(0..<row.promptCount)
      let closed = intervention.closed(positions, promptCount: row.promptCount)
      guard let values = try sourceValues(intervention, resolved, row: whole, positions: positions)
      else { return [] }
      if case .meanAblate = intervention.action { return [edit(.write(values), open)] }
      return [edit(.write(values), closed)]
    }
  }
}

extension EditPlanner {
  /// Runs every source row once, keeping all the values that any intervention takes from it.
  private mutating func gatherSources(for active: [ActiveIntervention]) throws(Fault) {
    var wanted: [PromptRow: Set<Capture>] = [:]
    for item in active {
      let needed = try sites(of: item.intervention).map {
        Capture(site: $0.site, components: $0.components)
      }
      for source in try sourceRows(of: item.intervention) {
        wanted[source, default: []].formUnion(needed)
      }
    }
    for (source, captures) in wanted {
      let known = sources[source]?.captured ?? [:]
      let missing = captures.filter { known[$0] == nil }
      guard !missing.isEmpty else { continue }
      let result = try runtime.run(RunRequest(Batch([source]), captures: Array(missing)))
      sources[source] = SourceValues(captured: known.merging(result.captured) { $1 })
    }
  }

  /// The rows that an intervention takes values from.
  private func sourceRows(of intervention: Intervention) throws(Fault) -> [PromptRow] {
    switch intervention.action {
    case .patch(let prompt, _): return [try prompt.row(for: model)]
    case .freeze: return rows
    case .meanAblate(let prompts):
      return prompts.isEmpty
        ? rows : try prompts.map { prompt throws(Fault) in try prompt.row(for: model) }
    case .resample(let prompts, _):
      return try prompts.map { prompt throws(Fault) in try prompt.row(for: model) }
    default: return []
    }
  }

  private func value(of source: PromptRow, _ resolved: ResolvedSite) -> AnyTensor? {
    let capture = Capture(site: resolved.site, components: resolved.components)
    guard let tensor = sources[source]?.captured[capture] else { return nil }
    return tensor.reshaped(Array(tensor.axes.dropFirst()), Array(tensor.shape.dropFirst()))
  }

  /// The numbers that an intervention brings for `positions` of a row.
  private func sourceValues(
    _ intervention: Intervention, _ resolved: ResolvedSite, row: PromptRow, positions: [Int]
  ) throws(Fault) -> AnyTensor? {
    switch intervention.action {
    case .freeze:
      return try value(of: row, resolved).map { whole throws(Fault) in
        try whole.picking(positions, resolved.site)
      }
    case .patch(let prompt, let sourceAt):
      let source = try prompt.row(for: model)
      let places = try sourcePlaces(
        source.extent(of: resolved.site, in: model.description), sourceAt,
        row: row.extent(of: resolved.site, in: model.description), positions: positions,
        intervention)
      // A row of a pattern can be taken from another position, but not from among other keys.
      if resolved.site.kind.isPairwise {
        try checkLength(
          of: source.keys(of: resolved.site), against: row.keys(of: resolved.site), intervention)
      }
      return try value(of: source, resolved).map { whole throws(Fault) in
        try whole.picking(places, resolved.site)
      }
    case .meanAblate(let prompts):
      let sources =
        prompts.isEmpty
        ? [row] : try prompts.map { prompt throws(Fault) in try prompt.row(for: model) }
      return AnyTensor.meanOverPositions(sources.compactMap { value(of: $0, resolved) })
    case .resample(let prompts, let seed):
      return try resampled(prompts, seed, resolved, positions)
    default: return nil
    }
  }

  private func sourcePlaces(
    _ source: PromptRow, _ sourceAt: PositionSelector?, row: PromptRow, positions: [Int],
    _ intervention: Intervention
  ) throws(Fault) -> [Int] {
    if let sourceAt {
      let places = try source.resolve(sourceAt)
      guard places.count == positions.count || places.count == 1 else {
        throw Fault(
          "shape-mismatch",
          "\(intervention.summary): \(places.count) source positions for \(positions.count) positions"
        )
      }
      return places.count == 1 ? positions.map { _ in places[0] } : places
    }
    // At positions that are named, prompts of unequal length are aligned; whole prompts are not.
    if source.count != row.promptCount, intervention.target?.positions != nil {
      let places = TokenAlignment(row, source).places
      return positions.map { $0 < places.count ? places[$0] : source.count - 1 }
    }
    try checkLength(of: source, against: row, intervention)
    return positions
  }

  private func checkLength(
    of source: PromptRow, against row: PromptRow, _ intervention: Intervention
  ) throws(Fault) {
    guard source.count == row.promptCount else {
      throw Fault(
        "shape-mismatch",
        "\(intervention.summary): the source has \(source.count) tokens, the prompt has \(row.promptCount)",
        help: "both need the same number of tokens; compare them with   tokens p   and   tokens q")
    }
  }

  private func resampled(
    _ prompts: [Prompt], _ seed: UInt64, _ resolved: ResolvedSite, _ positions: [Int]
  ) throws(Fault) -> AnyTensor? {
    var generator = SeededGenerator(seed: seed)
    guard let drawn = prompts.randomElement(using: &generator) else { return nil }
    let source = try drawn.row(for: model)
    let count = source.extent(of: resolved.site, in: model.description).count
    guard let last = positions.max(), last < count else {
      throw Fault(
        "shape-mismatch",
        "resample: the drawn prompt has \(count) tokens, position @\(positions.max() ?? 0) is wanted",
        help: "give prompts that are at least as long")
    }
    return try value(of: source, resolved)?.picking(positions, resolved.site)
  }
}

/// What a source row gave.
private struct SourceValues {
  var captured: [Capture: AnyTensor]
}
