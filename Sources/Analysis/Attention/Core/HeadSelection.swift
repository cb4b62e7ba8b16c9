import Faults
import Transformers

/// Heads of one attention of a model: of a stack's own, or of the decoder's to the encoder's output.
///
/// Heads of different attentions look at different tokens, so an analysis takes those of one.
public struct HeadSelection: Sendable, Hashable {
  /// The heads of one layer.
  public struct Layer: Sendable, Hashable {
    /// Where their patterns stand.
    public let site: Site
    /// Their numbers in the layer.
    public let components: [Int]
    /// Their places among `heads`.
    public let range: Range<Int>
  }

  /// The side whose tokens attend.
  public let stack: Stack
  /// Whether they attend to the encoder's output.
  public let isCross: Bool
  /// The heads, by layer and number.
  public let heads: [HeadPlace]
  /// The same layer by layer.
  public let layers: [Layer]
  /// Whether a query sees no key behind itself.
  public let isCausal: Bool
  /// For each layer of `layers`, how many keys a query sees counting back from itself, where that is
  /// limited.
  let windows: [Int?]

  /// The heads that addresses name (a head, or all of a layer that is named); none: all of the first
  /// stack that runs, which is the encoder where there is one.
  ///
  /// - Throws: `Fault` when an address is no head of the model, or heads of different attentions
  ///   are named together.
  public init(_ addresses: [Address] = [], in model: ModelDescription) throws(Fault) {
    let addresses =
      addresses.isEmpty
      ? [
        Address(
          stack: model.addressed(model.stacks[0]), layers: .all,
          part: .head(.all, .pattern, cross: false))
      ] : addresses
    var named: [Site: Set<Int>] = [:]
    for address in addresses {
      for place in try model.sites(of: try address.pattern) {
        let attention = model.attention(at: place.site)
        named[place.site, default: []].formUnion(place.components ?? Array(0..<attention.heads))
      }
    }
    guard let first = named.keys.first,
      named.keys.allSatisfy({ $0.stack == first.stack && $0.kind == first.kind })
    else {
      throw Fault(
        "wrong-address", "heads of different attentions see different tokens",
        help: "take those of one:   enc.L*.H*   dec.L*.H*   dec.L*.cross.H*")
    }
    let (stack, isCross) = (first.stack, first.kind.isCross)
    self.stack = stack
    self.isCross = isCross
    var heads: [HeadPlace] = []
    var layers: [Layer] = []
    for (site, components) in named.sorted(by: { $0.key.layer < $1.key.layer }) {
      let numbers = components.sorted()
      layers.append(
        Layer(site: site, components: numbers, range: heads.count..<heads.count + numbers.count))
      heads += numbers.map { number in
        HeadPlace(
          stack: model.addressed(stack), layer: site.layer, head: number, isCross: isCross)
      }
    }
    self.heads = heads
    self.layers = layers
    isCausal = !isCross && model.attention(at: first).isCausal
    windows = layers.map { isCross ? nil : model.attention(at: $0.site).window }
  }

  /// How many heads there are.
  public var count: Int { heads.count }
  /// What people call them.
  public var names: [String] { heads.map(\.address.description) }

  /// The layer's place among `layers`, of a head by its place among `heads`.
  func layerIndex(of head: Int) -> Int { layers.firstIndex { $0.range.contains(head) } ?? 0 }
}

extension ModelDescription {
  /// What attention does at a site of one of its values.
  func attention(at site: Site) -> AttentionDescription {
    let block = blocks(of: site.stack)[site.layer]
    return site.kind.isCross ? block.cross?.attention ?? block.attention : block.attention
  }
}

extension Address {
  /// The patterns of the heads that the address names; of all of a layer's where it names a layer.
  fileprivate var pattern: Address {
    get throws(Fault) {
      var address = self
      switch part {
      case .head(let heads, .out, let cross), .head(let heads, .pattern, let cross):
        address.part = .head(heads, .pattern, cross: cross)
      case .block: address.part = .head(.all, .pattern, cross: false)
      case .attn(let cross): address.part = .head(.all, .pattern, cross: cross)
      default:
        throw Fault(
          "wrong-address", "\(self) is no head", help: "name heads, such as L1.H2, L*.H* or L1")
      }
      guard positions == nil else {
        throw Fault(
          "wrong-address", "\(self): heads are looked at over whole rows",
          help: "leave the position out")
      }
      return address
    }
  }
}
