import Tensors
import Transformers

/// How the patterns of a layer's heads become one.
public enum HeadFusion: String, Sendable, CaseIterable {
  /// Their mean.
  case mean
  /// The greatest entry at each place.
  case max
  /// The least entry at each place.
  case min
}

/// How much of a token stays what it is in each step, against what it takes in.
public enum ResidualShare: Sendable, Hashable {
  /// The same share in every step: 0.5 where attention and residual count alike (Abnar and Zuidema
  /// 2020).
  case same(Double)
  /// A share for each step, from the first on.
  case each([Double])
  /// What lengths tell of each token in each step: it takes from others what its mixing ratio says;
  /// nil for the ratio that fits how the model is built.
  case measured(MixingVariant?)
}

/// How tokens mix from step to step of a model, as attention alone tells it: the layered graph that
/// rollout multiplies through and flow runs through.
///
/// In a model with one stack there is a step for each layer. With two stacks, tokens of the source and
/// of the target stand side by side: the encoder's layers mix the first, and each layer of the decoder
/// has a step for its own attention and one for its attention to the source.
public struct TokenMixing: Sendable {
  /// A token, by the side that it is on and its position there.
  public struct Node: Sendable, Hashable {
    /// The side; `decoder` in a model with one stack.
    public var stack: Stack
    /// The position among the side's tokens.
    public var position: Int
  }

  /// One step: row by row what a token is made of, out of those before it.
  ///
  /// Rows sum to one.
  public struct Step: Sendable {
    /// The address of the heads, such as `L2` or `dec.L0.cross`.
    public var name: String
    /// The shares.
    public var shares: Tensor<Double>
    /// The mean share that a token keeps of itself in the step, over the tokens that attend.
    public var kept: Double
  }

  /// What stays of a token in a step.
  public enum Keeping: Sendable {
    /// The residual has this share, and attention, to the token itself as well, has the rest.
    case residual(Double)
    /// The share that comes from all other tokens, query by query, in which they count as attention to
    /// them does; one that is NaN brings nothing.
    case mixing([Double])
  }

  /// The tokens.
  public private(set) var nodes: [Node]
  /// The steps, from the first on.
  public private(set) var steps: [Step] = []
  /// The mean share of attention that went to tokens which were dropped.
  public private(set) var droppedMass = 0.0
  /// How many rows had nothing left and became rows of a token that stays what it is.
  public private(set) var emptyRows = 0

  /// Tokens without any step.
  public init(nodes: [Node]) { self.nodes = nodes }

  /// Adds the step that fused patterns make.
  ///
  /// - Parameters:
  ///   - patterns: [head, query, key] of real positions.
  ///   - queries, keys: For each query and each key the place among the nodes; nil for a dropped one.
  ///   - keeping: How much of a token stays.
  public mutating func add(
    _ name: String, _ patterns: AnyTensor, queries: [Int?], keys: [Int?],
    fusion: HeadFusion = .mean,
    keeping: Keeping
  ) {
    let fused = Self.fuse(patterns, fusion)
    let count = nodes.count
    var shares = [Double](repeating: 0, count: count * count)
    for node in 0..<count { shares[node * count + node] = 1 }
    var dropped = 0.0
    for (query, place) in queries.enumerated() {
      guard let place else { continue }
      let row = fused[(query * keys.count)..<((query + 1) * keys.count)]
      let whole = row.reduce(0, +)
      let kept = zip(row, keys).reduce(0) { $1.1 == nil ? $0 : $0 + $1.0 }
      dropped += whole < Self.nothing ? 0 : 1 - kept / whole
      let own: Double
      let factor: Double
      switch keeping {
      case .residual(let residual):
        guard kept >= Self.nothing else {
          emptyRows += 1
          continue
        }
        let sum = residual + (1 - residual) * whole
        own = residual / sum
        factor = (1 - residual) * whole / kept / sum
      case .mixing(let ratios):
        let ratio = ratios[query].isFinite ? ratios[query] : 0
        let others = kept - zip(row, keys).reduce(0) { $1.1 == place ? $0 + $1.0 : $0 }
        guard others >= Self.nothing else {
          if ratio >= Self.nothing { emptyRows += 1 }
          continue
        }
        own = 1 - ratio
        factor = ratio / others
      }
      shares[place * count + place] = own
      for (weight, key) in zip(row, keys) {
        guard let key else { continue }
        if case .mixing = keeping, key == place { continue }
        shares[place * count + key] += factor * weight
      }
    }
    let places = queries.compactMap { $0 }
    let share = places.isEmpty ? 0 : dropped / Double(places.count)
    droppedMass += (share - droppedMass) / Double(steps.count + 1)
    let own = places.reduce(0) { $0 + shares[$1 * count + $1] }
    steps.append(
      Step(
        name: name, shares: Tensor([.query, .key], [count, count], shares),
        kept: own / Double(places.count)))
  }

  /// A row whose sum is below this has nothing in it.
  private static let nothing = 1e-12

  /// [head, query, key] as [query × key].
  private static func fuse(_ patterns: AnyTensor, _ fusion: HeadFusion) -> [Double] {
    let heads = patterns.shape[0]
    let all = patterns.doubles
    let size = heads > 0 ? all.count / heads : 0
    var fused = Array(all.prefix(size))
    for head in 1..<Swift.max(heads, 1) {
      for place in 0..<size {
        let next = all[head * size + place]
        switch fusion {
        case .mean: fused[place] += next
        case .max: fused[place] = Swift.max(fused[place], next)
        case .min: fused[place] = Swift.min(fused[place], next)
        }
      }
    }
    if fusion == .mean { for place in 0..<size { fused[place] /= Double(Swift.max(heads, 1)) } }
    return fused
  }
}
