import Transformers

/// Where an address lies in a model: a whole-layer value and the components of it that are meant.
public struct ResolvedSite: Sendable, Hashable {
  /// The value.
  public var site: Site
  /// The heads, groups or neurons, or nil for all.
  public var components: [Int]?

  /// A place from its parts.
  public init(_ site: Site, _ components: [Int]? = nil) {
    self.site = site
    self.components = components
  }
}

extension ModelDescription {
  /// The sites that an address names, layer by layer.
  ///
  /// - Throws: `ModelError` when the address lies outside the model, with the valid range.
  public func sites(of address: Address) throws(ModelError) -> [ResolvedSite] {
    if address.stack == .encoder || address.part.isCross {
      throw ModelError(
        "unknown-address", "\(address): the model has one stack of layers and no cross attention",
        help: "leave out enc., dec. and cross")
    }
    guard let layers = address.layers else { return [try wholeModelSite(address)] }
    guard let indices = layers.resolve(count: blocks.count) else {
      throw ModelError(
        "unknown-address",
        "there is no layer \(address): the model has \(count(blocks.count, "layer"))",
        help: "layers go from L0 to L\(blocks.count - 1)")
    }
    var sites: [ResolvedSite] = []
    for layer in indices { sites += try self.sites(of: address, layer: layer) }
    return sites
  }

  private func wholeModelSite(_ address: Address) throws(ModelError) -> ResolvedSite {
    switch address.part {
    case .embed: return ResolvedSite(Site(.embed))
    case .pos:
      guard embedding.learnedPositions != nil else {
        throw ModelError(
          "unknown-address", "the model adds no position rows: positions enter in attention",
          help: "look at L0.H0.rot_q and L0.H0.rot_k")
      }
      return ResolvedSite(Site(.pos))
    case .final: return ResolvedSite(Site(.final))
    default: return ResolvedSite(Site(.logits))
    }
  }

  private func sites(of address: Address, layer: Int) throws(ModelError) -> [ResolvedSite] {
    let block = blocks[layer]
    func site(_ kind: Site.Kind) -> ResolvedSite { ResolvedSite(Site(kind, layer: layer)) }
    switch address.part {
    case .block: return [site(.attn), site(.mlp)]
    case .resid(.pre): return [site(.residPre)]
    case .resid(.post): return [site(.residPost)]
    case .resid(.mid):
      guard !block.isParallel else {
        throw ModelError(
          "unknown-address",
          "\(address): the block is parallel, so no stream stands between its parts",
          help: "use L\(layer).resid.pre or L\(layer).resid.post")
      }
      return [site(.residMid)]
    case .ln1: return [site(.ln1)]
    case .ln2: return [site(block.isParallel && block.mlpNorms.input == nil ? .ln1 : .ln2)]
    case .attn: return [site(.attn)]
    case .mlp: return [site(.mlp)]
    case .mlpPre: return [site(.mlpPre)]
    case .mlpPost: return [site(.mlpPost)]
    case .neuron(let neurons):
      let picked = try indices(neurons, block.mlp.width, "neuron", "N", address)
      return [ResolvedSite(Site(.mlpPost, layer: layer), picked)]
    case .head(let heads, let part, _):
      return [try headSite(heads, part, block, layer, address)]
    case .group(let groups, let part, _):
      let picked = try indices(groups, block.attention.groups, "key/value group", "KV", address)
      return [ResolvedSite(Site(part.kind, layer: layer), part.components(picked, block.attention))]
    default: return [try wholeModelSite(address)]
    }
  }

  private func headSite(
    _ heads: IndexSelector, _ part: Address.HeadPart, _ block: BlockDescription, _ layer: Int,
    _ address: Address
  ) throws(ModelError) -> ResolvedSite {
    let attention = block.attention
    var picked = try indices(heads, attention.heads, "head", "H", address)
    if part.isShared {
      picked = picked.map(attention.group(ofHead:)).reduce(into: []) { groups, group in
        if groups.last != group { groups.append(group) }
      }
    }
    return ResolvedSite(Site(part.kind, layer: layer), picked)
  }

  private func indices(
    _ selector: IndexSelector, _ total: Int, _ noun: String, _ letter: String, _ address: Address
  ) throws(ModelError) -> [Int] {
    guard let indices = selector.resolve(count: total) else {
      throw ModelError(
        "unknown-address", "there is no \(address): a layer has \(count(total, noun))",
        help: "they go from \(letter)0 to \(letter)\(total - 1)")
    }
    return indices
  }

  private func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}

extension Address.Part {
  var isCross: Bool {
    switch self {
    case .attn(let cross), .head(_, _, let cross), .group(_, _, let cross): cross
    default: false
    }
  }
}

extension Address.HeadPart {
  /// Whether query heads share the value with the other heads of their group.
  public var isShared: Bool { self == .k || self == .v || self == .rotK }

  var kind: Site.Kind {
    switch self {
    case .out: .headOut
    case .q: .q
    case .k: .k
    case .v: .v
    case .rotQ: .rotQ
    case .rotK: .rotK
    case .scores: .scores
    case .pattern: .pattern
    case .z: .z
    }
  }
}

extension Address.GroupPart {
  var kind: Site.Kind {
    switch self {
    case .out: .headOut
    case .k: .k
    case .v: .v
    case .rotK: .rotK
    }
  }

  func components(_ groups: [Int], _ attention: AttentionDescription) -> [Int] {
    self == .out ? groups.flatMap { Array(attention.heads(ofGroup: $0)) } : groups
  }
}
