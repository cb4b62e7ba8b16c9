import Faults
import Tensors
import Transformers

extension Intervention {
  /// The site at which the change is made for a value of kind `kind`.
  func kind(for kind: Site.Kind, at target: Address) throws(Fault) -> Site.Kind {
    switch (action, kind) {
    case (.zero, .headOut), (.scale, .headOut), (.meanAblate, .headOut), (.resample, .headOut),
      (.patch, .headOut), (.freeze, .headOut):
      return .z
    case (.zero, .crossHeadOut), (.scale, .crossHeadOut), (.meanAblate, .crossHeadOut),
      (.resample, .crossHeadOut), (.patch, .crossHeadOut), (.freeze, .crossHeadOut):
      return .crossZ
    case (.freeze, .crossNorm): return .crossNormStatistics
    case (.freeze, .ln1): return .ln1Statistics
    case (.freeze, .ln2): return .ln2Statistics
    case (.freeze, .final): return .finalStatistics
    case (.cut, .headOut), (.cut, .attn), (.cut, .scores), (.cut, .pattern), (.hide, .headOut),
      (.hide, .attn), (.hide, .scores), (.hide, .pattern):
      return .scores
    case (.cut, .crossHeadOut), (.cut, .cross), (.cut, .crossScores), (.cut, .crossPattern),
      (.hide, .crossHeadOut), (.hide, .cross), (.hide, .crossScores), (.hide, .crossPattern):
      return .crossScores
    case (.cut, _), (.hide, _):
      throw Fault(
        "wrong-address", "\(name) removes attention edges; \(target) has none",
        help: "name a head, such as   \(name) L1.H2 …   or no address for all heads")
    case (.meanAblate, _) where kind.isPairwise, (.steer, _) where kind.isPairwise:
      throw Fault(
        "wrong-address",
        "\(name) needs a value with one vector for each position; \(target) has pairs",
        help: "use replace or patch there")
    default: return kind
    }
  }

  /// The positions that the address names in a row, or nil when it names none.
  func positions(in row: PromptRow) throws(Fault) -> [Int]? {
    if case .cut(let from, _) = action { return try row.resolve(from) }
    guard let selector = target?.positions, selector != .all else { return nil }
    return try row.resolve(selector)
  }

  /// Positions for a change that needs no values of its own: it also holds where generation adds.
  func positionSet(_ explicit: [Int]?, promptCount: Int) -> PositionSet {
    if let explicit { return phase == .decode ? .list([]) : .list(explicit) }
    switch phase {
    case .always: return .all
    case .prefill: return .before(promptCount)
    case .decode: return .from(promptCount)
    }
  }

  /// Positions for a change that brings one value for each position of the prompt.
  func closed(_ positions: [Int], promptCount: Int) -> PositionSet {
    phase == .decode ? .list([]) : .list(positions)
  }
}

extension EditPlanner {
  /// A vector as [position 1, components…, width] for a site.
  func spread(_ vector: NumberArray, over resolved: ResolvedSite) throws(Fault) -> AnyTensor {
    let rest = restShape(of: resolved, keys: 0)
    guard let width = rest.last, vector.elements.count == width else {
      throw Fault(
        "shape-mismatch",
        "steer adds a vector of \(vector.elements.count) numbers where \(rest.last ?? 0) are wanted",
        help: "give a vector of that length")
    }
    let shape = [1] + rest.dropLast().map { _ in 1 } + [width]
    let axes = [Axis.position] + rest.map { _ in Axis.width }
    return .double(Tensor(axes, shape, vector.elements))
  }

  /// Given numbers in the shape of a site: [position, components…, width], or [head, query, key].
  func fit(_ array: NumberArray, to resolved: ResolvedSite, positions: Int, keys: Int)
    throws(Fault) -> AnyTensor
  {
    let rest = restShape(of: resolved, keys: keys)
    let isPairwise = resolved.site.kind.isPairwise
    let full = isPairwise ? [rest[0], positions, rest[1]] : [positions] + rest
    // A lone head or neuron may be left out of the shape, and one vector may stand for all positions.
    let accepted = [full, full.filter { $0 != 1 }, [1] + rest, rest, rest.filter { $0 != 1 }]
    guard let found = accepted.firstIndex(of: array.shape), !(isPairwise && found > 1) else {
      throw Fault(
        "shape-mismatch",
        "replace was given numbers of shape \(array.shape) where \(full) are wanted")
    }
    let shape = found <= 1 ? full : [1] + rest
    return .double(Tensor(shape.map { _ in Axis.width }, shape, array.elements))
  }

  /// The shape of a site's value at one position, less the position axis.
  private func restShape(of resolved: ResolvedSite, keys: Int) -> [Int] {
    let model = self.model.description
    let blocks = model.blocks(of: resolved.site.stack)
    let block = blocks.indices.contains(resolved.site.layer) ? blocks[resolved.site.layer] : nil
    let cross = block?.cross?.attention
    let components = resolved.components?.count
    switch resolved.site.kind {
    case .q, .rotQ, .z:
      return [components ?? block?.attention.heads ?? 0, block?.attention.headWidth ?? 0]
    case .k, .v, .rotK:
      return [components ?? block?.attention.groups ?? 0, block?.attention.headWidth ?? 0]
    case .headOut: return [components ?? block?.attention.heads ?? 0, model.width]
    case .scores, .pattern: return [components ?? block?.attention.heads ?? 0, keys]
    case .mlpPre, .mlpPost: return [components ?? block?.mlp.width ?? 0]
    case .crossQ, .crossZ: return [components ?? cross?.heads ?? 0, cross?.headWidth ?? 0]
    case .crossK, .crossV: return [components ?? cross?.groups ?? 0, cross?.headWidth ?? 0]
    case .crossHeadOut: return [components ?? cross?.heads ?? 0, model.width]
    case .crossScores, .crossPattern: return [components ?? cross?.heads ?? 0, keys]
    case .logits: return [components ?? model.outputWidth]
    case .ln1Statistics, .ln2Statistics, .crossNormStatistics, .finalStatistics: return [2]
    default: return [model.width]
    }
  }
}

extension AnyTensor {
  /// Some positions of a value without its row axis.
  func picking(_ positions: [Int], _ site: Site) throws(Fault) -> AnyTensor {
    var selections: [[Int]?] = Array(repeating: nil, count: shape.count)
    selections[site.kind.positionAxis - 1] = positions
    do {
      return try read(Region(selections))
    } catch {
      throw Fault("shape-mismatch", "\(error)")
    }
  }

  /// The mean over all positions of all these values, [1, rest…].
  static func meanOverPositions(_ values: [AnyTensor]) -> AnyTensor? {
    guard let first = values.first, let positions = first.shape.first, positions > 0 else {
      return nil
    }
    let rest = Array(first.shape.dropFirst())
    let width = rest.reduce(1, *)
    var sums = Array(repeating: 0.0, count: width)
    var count = 0
    for value in values {
      for (index, element) in value.doubles.enumerated() { sums[index % width] += element }
      count += value.shape[0]
    }
    return .double(Tensor(first.axes, [1] + rest, sums.map { $0 / Double(max(count, 1)) }))
  }
}
