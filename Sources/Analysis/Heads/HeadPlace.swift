import Faults
import Transformers

/// One head of a model.
public struct HeadPlace: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The side, or nil in a model that has only one.
  public var stack: Stack?
  /// The layer.
  public var layer: Int
  /// The head within the layer.
  public var head: Int
  /// Whether it attends to the encoder's output.
  public var isCross: Bool

  /// A head from its place.
  public init(stack: Stack? = nil, layer: Int, head: Int, isCross: Bool = false) {
    self.stack = stack
    self.layer = layer
    self.head = head
    self.isCross = isCross
  }

  /// The side that the head belongs to.
  public var side: Stack { stack ?? .decoder }

  /// The head's address.
  public var address: Address {
    Address(stack: stack, layers: .one(layer), part: .head(.one(head), .out, cross: isCross))
  }

  /// The address as text.
  public var description: String { address.description }

  /// A value of the head's layer.
  public func site(_ kind: Site.Kind) -> Site { Site(kind, layer: layer, stack: side) }

  /// The patterns of the head's layer.
  public var pattern: Site { site(isCross ? .crossPattern : .pattern) }
  /// The scores of the head's layer.
  public var scores: Site { site(isCross ? .crossScores : .scores) }
  /// What the heads of its layer read off the values, before the output projection.
  public var z: Site { site(isCross ? .crossZ : .z) }
  /// What the heads of its layer write.
  public var out: Site { site(isCross ? .crossHeadOut : .headOut) }

  /// The heads of the encoder first, then by layer; within a layer own attention comes first.
  public static func < (one: HeadPlace, other: HeadPlace) -> Bool { one.order < other.order }

  private var order: (Int, Int, Int, Int) {
    (side == .encoder ? 0 : 1, layer, isCross ? 1 : 0, head)
  }

  /// The heads of the same attention layer have it in common.
  public var layerKey: HeadPlace {
    HeadPlace(stack: stack, layer: layer, head: 0, isCross: isCross)
  }
}

extension ModelDescription {
  /// Every head, in the order in which the model runs them.
  public var allHeads: [HeadPlace] {
    stacks.flatMap { stack in
      blocks(of: stack).enumerated().flatMap { layer, block in
        let side = addressed(stack)
        let own = (0..<block.attention.heads).map {
          HeadPlace(stack: side, layer: layer, head: $0)
        }
        let cross = (0..<(block.cross?.attention.heads ?? 0)).map {
          HeadPlace(stack: side, layer: layer, head: $0, isCross: true)
        }
        return own + cross
      }
    }
  }

  /// What the attention layer of a head does.
  public func attention(of place: HeadPlace) -> AttentionDescription {
    let block = blocks(of: place.side)[place.layer]
    return place.isCross ? block.cross?.attention ?? block.attention : block.attention
  }

  /// The heads that an address names; those of a whole layer where it names a layer or its
  /// attention.
  ///
  /// - Throws: `Fault` when the address lies outside the model, or names no heads.
  public func heads(of address: Address) throws(Fault) -> [HeadPlace] {
    var address = address
    switch address.part {
    case .block: address.part = .head(.all, .out, cross: false)
    case .attn(let cross): address.part = .head(.all, .out, cross: cross)
    case .head(let heads, _, let cross): address.part = .head(heads, .out, cross: cross)
    case .group(let groups, _, let cross): address.part = .group(groups, .out, cross: cross)
    default:
      throw Fault(
        "wrong-address", "\(address) names no heads",
        help: "name a head such as L1.H2, or all of a layer:   L1.H*")
    }
    let isCross = address.part.isCross
    return try sites(of: address).flatMap { resolved in
      let place = HeadPlace(
        stack: addressed(resolved.site.stack), layer: resolved.site.layer, head: 0,
        isCross: isCross)
      let heads = resolved.components ?? Array(0..<attention(of: place).heads)
      return heads.map { head in
        HeadPlace(
          stack: place.stack, layer: place.layer, head: head, isCross: isCross)
      }
    }
  }
}
