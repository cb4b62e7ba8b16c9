import Faults
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
  /// - Throws: `Fault` when the address lies outside the model, with the valid range.
  public func sites(of address: Address) throws(Fault) -> [ResolvedSite] {
    if encoder == nil, address.stack == .encoder || address.part.isCross {
      throw Fault(
        "unknown-address", "\(address): the model has one stack of layers and no cross attention",
        help: "leave out enc., dec. and cross")
    }
    guard let layers = address.layers else { return [try wholeModelSite(address)] }
    let stack = try stack(of: address)
    let total = blocks(of: stack).count
    guard let indices = layers.resolve(count: total) else {
      let side = address.stack.map { "\($0.rawValue)." } ?? ""
      throw Fault(
        "unknown-address",
        "there is no layer \(address): the model has \(count(total, "layer"))",
        help: "layers go from \(side)L0 to \(side)L\(total - 1)")
    }
    var sites: [ResolvedSite] = []
    for layer in indices { sites += try self.sites(of: address, stack, layer: layer) }
    return sites
  }

  /// The side that an address means.
  ///
  /// - Throws: `Fault` when the model has two and the address names none.
  private func stack(of address: Address) throws(Fault) -> Stack {
    if encoder == nil || address.part.isCross && address.stack == nil { return .decoder }
    guard let stack = address.stack else {
      throw Fault(
        "unknown-address", "\(address): the model has an encoder and a decoder",
        help: "say which: enc.\(address) or dec.\(address)")
    }
    return stack
  }

  private func wholeModelSite(_ address: Address) throws(Fault) -> ResolvedSite {
    let stack = address.stack ?? .decoder
    switch address.part {
    case .embed: return ResolvedSite(Site(.embed, stack: stack))
    case .pos:
      guard embedding.hasPositionRows else {
        throw Fault(
          "unknown-address", "the model adds no position rows: positions enter in attention",
          help: "look at L0.H0.rot_q and L0.H0.rot_k")
      }
      return ResolvedSite(Site(.pos, stack: stack))
    case .final: return ResolvedSite(Site(.final, stack: stack))
    default: return ResolvedSite(Site(.logits))
    }
  }

  private func sites(of address: Address, _ stack: Stack, layer: Int)
    throws(Fault) -> [ResolvedSite]
  {
    let block = blocks(of: stack)[layer]
    func site(_ kind: Site.Kind) -> ResolvedSite {
      ResolvedSite(Site(kind, layer: layer, stack: stack))
    }
    if address.part.isCross, block.cross == nil {
      throw Fault(
        "unknown-address", "\(address): the block has no attention to the other side",
        help: "cross attention is the decoder's: dec.L\(layer).cross")
    }
    switch address.part {
    case .block: return [site(.attn), site(.mlp)] + (block.cross == nil ? [] : [site(.cross)])
    case .attn(cross: true): return [site(.cross)]
    case .crossNorm: return [site(.crossNorm)]
    case .resid(.cross): return [site(.residCross)]
    case .resid(.pre): return [site(.residPre)]
    case .resid(.post): return [site(.residPost)]
    case .resid(.mid):
      guard !block.isParallel else {
        throw Fault(
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
      return [ResolvedSite(Site(.mlpPost, layer: layer, stack: stack), picked)]
    case .head(let heads, let part, let cross):
      let attention = cross ? block.cross?.attention ?? block.attention : block.attention
      var picked = try indices(heads, attention.heads, "head", "H", address)
      if part.isShared {
        picked = picked.map(attention.group(ofHead:)).reduce(into: []) { groups, group in
          if groups.last != group { groups.append(group) }
        }
      }
      let kind = cross ? try crossKind(part.kind, address) : part.kind
      return [ResolvedSite(Site(kind, layer: layer, stack: stack), picked)]
    case .group(let groups, let part, let cross):
      let attention = cross ? block.cross?.attention ?? block.attention : block.attention
      let picked = try indices(groups, attention.groups, "key/value group", "KV", address)
      let kind = cross ? try crossKind(part.kind, address) : part.kind
      return [
        ResolvedSite(
          Site(kind, layer: layer, stack: stack), part.components(picked, attention))
      ]
    default: return [try wholeModelSite(address)]
    }
  }

  /// The counterpart of a value of a block's own attention in its attention to the source.
  private func crossKind(_ kind: Site.Kind, _ address: Address) throws(Fault) -> Site.Kind {
    switch kind {
    case .q: return .crossQ
    case .k: return .crossK
    case .v: return .crossV
    case .scores: return .crossScores
    case .pattern: return .crossPattern
    case .z: return .crossZ
    case .headOut: return .crossHeadOut
    default:
      throw Fault(
        "unknown-address", "\(address): nothing is rotated in attention to the source",
        help: "look at q and k instead")
    }
  }

  private func indices(
    _ selector: IndexSelector, _ total: Int, _ noun: String, _ letter: String, _ address: Address
  ) throws(Fault) -> [Int] {
    guard let indices = selector.resolve(count: total) else {
      throw Fault(
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
    case .crossNorm, .resid(.cross): true
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
