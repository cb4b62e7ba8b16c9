import Tensors
import Transformers

/// One change of a residual stream, y = r + a: what attention, attention to the other side, or the
/// MLP adds to what is there.
public struct StreamUpdate: Hashable, Sendable {
  /// What adds.
  public enum Part: String, Hashable, Sendable { case attention, cross, mlp }

  /// The side.
  public var stack: Stack
  /// The layer.
  public var layer: Int
  /// What adds.
  public var part: Part

  /// The attention, where it is one.
  public var place: AttentionPlace? {
    part == .mlp
      ? nil : AttentionPlace(stack: stack, layer: layer, isCross: part == .cross)
  }

  /// What is added, and the stream that it is added to.
  func sites(in model: ModelDescription) -> (added: Site, kept: Site) {
    let block = model.blocks(of: stack)[layer]
    func site(_ kind: Site.Kind) -> Site { Site(kind, layer: layer, stack: stack) }
    switch part {
    case .attention: return (site(.attn), site(.residPre))
    case .cross: return (site(.cross), site(.residMid))
    case .mlp:
      if block.isParallel { return (site(.mlp), site(.residPre)) }
      return (site(.mlp), site(block.cross == nil ? .residMid : .residCross))
    }
  }
}

extension ModelDescription {
  /// Every change of the streams, in the order in which they happen.
  public var streamUpdates: [StreamUpdate] {
    stacks.flatMap { stack in
      blocks(of: stack).enumerated().flatMap { layer, block in
        let parts: [StreamUpdate.Part] =
          block.cross == nil ? [.attention, .mlp] : [.attention, .cross, .mlp]
        return parts.map { StreamUpdate(stack: stack, layer: layer, part: $0) }
      }
    }
  }

  /// How people write what a change adds.
  public func address(of update: StreamUpdate) -> Address {
    let part: Address.Part =
      update.part == .mlp ? .mlp : .attn(cross: update.part == .cross)
    return Address(stack: addressed(update.stack), layers: .one(update.layer), part: part)
  }
}

/// What a token kept and what it received in y = r + a.
public struct KeptAndReceived: Sendable, Hashable {
  /// ⟨a, y⟩ / ‖y‖²: the received share of y.
  ///
  /// With the kept one it is 1; it lies outside of 0 to 1 when the two cancel. NaN when ‖y‖ is below
  /// 1e-12.
  public var receivedShare: Double
  /// ⟨r, y⟩ / ‖y‖².
  public var keptShare: Double
  /// ‖a‖ / (‖a‖ + ‖r‖).
  public var normRatio: Double
  /// The cosines of r and y, of a and y, and of r and a.
  public var keptCosine: Double, receivedCosine: Double, bothCosine: Double

  /// The measures of a kept and a received vector.
  public init(kept r: some Collection<Double>, received a: some Collection<Double>) {
    var (rr, aa, ra, yy) = (0.0, 0.0, 0.0, 0.0)
    for (x, y) in zip(r, a) {
      rr += x * x
      aa += y * y
      ra += x * y
      yy += (x + y) * (x + y)
    }
    func divide(_ a: Double, _ b: Double) -> Double { b < 1e-12 ? .nan : a / b }
    let lengths = (r: rr.squareRoot(), a: aa.squareRoot(), y: yy.squareRoot())
    keptShare = lengths.y < 1e-12 ? .nan : (rr + ra) / yy
    receivedShare = lengths.y < 1e-12 ? .nan : (aa + ra) / yy
    normRatio = divide(lengths.a, lengths.a + lengths.r)
    keptCosine = divide(rr + ra, lengths.r * lengths.y)
    receivedCosine = divide(aa + ra, lengths.a * lengths.y)
    bothCosine = divide(ra, lengths.r * lengths.a)
  }
}
