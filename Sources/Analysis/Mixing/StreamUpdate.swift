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

/// How much of each token of a stack is still its own after each layer, if the measured mixing
/// ratios multiply: the diagonal of attention rollout with measured weights instead of one half.
public struct MeasuredRollout: Sendable {
  /// Row by row what each token is made of, tokens × tokens.
  public private(set) var shares: Matrix

  /// Before the first layer every token is itself.
  public init(tokens: Int) { shares = Matrix(identity: tokens) }

  /// One attention: query i keeps 1 − m_i, and the rest comes from the other tokens as the mean head
  /// looks at them.
  ///
  /// A ratio that is NaN counts as nothing received.
  public mutating func add(patterns: [Matrix], mixing: [Double]) {
    let count = shares.rows
    var step = Matrix(zeros: count, count)
    for query in 0..<count {
      let ratio = mixing[query].isNaN ? 0 : mixing[query]
      var weights = (0..<count).map { key in
        key == query ? 0 : patterns.reduce(0) { $0 + $1[query, key] }
      }
      let sum = weights.reduce(0, +)
      for key in weights.indices { weights[key] = sum < 1e-12 ? 0 : ratio * weights[key] / sum }
      weights[query] = sum < 1e-12 ? 1 : 1 - ratio
      for key in 0..<count { step[query, key] = weights[key] }
    }
    shares = step.times(shares)
  }

  /// What comes from the other side is not of any token here: each row shrinks by it.
  public mutating func addOtherSide(mixing: [Double]) {
    for query in 0..<shares.rows {
      let kept = mixing[query].isNaN ? 1 : 1 - mixing[query]
      for key in 0..<shares.columns { shares[query, key] *= kept }
    }
  }

  /// How much of each token is still its own.
  public var own: [Double] { (0..<shares.rows).map { shares[$0, $0] } }
}
