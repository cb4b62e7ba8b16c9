import Tensors
import Transformers

/// How much of what a token becomes behind attention came from other tokens, in five ways.
///
/// They are those of Kobayashi and others (2021, Incorporating Residual and Normalization Layers into
/// Analysis of Masked Language Models).
public enum MixingVariant: String, Sendable, CaseIterable {
  /// By attention weights alone: one less what the mean head gives the token itself.
  case attentionWeights = "Attn-W"
  /// By the lengths of what came from others and from itself.
  case attentionNorms = "Attn-N"
  /// By weights, with the residual counted as one half.
  case residualWeights = "AttnRes-W"
  /// By lengths, with the residual added to what is the token's own.
  case residualNorms = "AttnRes-N"
  /// The same behind the norm that reads the sum.
  case normedNorms = "AttnResLn-N"
}

extension ModelDescription {
  /// Whether a variant says something of an attention: in one to the other side no token has weights
  /// or summands of its own, and what has no norm behind it has no ratio behind one.
  func has(_ variant: MixingVariant, at place: AttentionPlace) -> Bool {
    switch variant {
    case .attentionWeights, .attentionNorms, .residualWeights: !place.isCross
    case .residualNorms: true
    case .normedNorms: normBehind(place) != nil
    }
  }
}

extension AttentionTerms {
  /// The mixing ratio of each query, from 0 (nothing came from others) to 1; NaN where both lengths
  /// are below 1e-12, and where a variant says nothing: weights of attention to the other side, whose
  /// tokens are all others, and norms where there is none.
  public func mixing(_ variant: MixingVariant) -> [Double] {
    (0..<queries).map { query in
      switch variant {
      case .attentionWeights: place.isCross ? .nan : 1 - ownWeight(query)
      case .residualWeights: place.isCross ? .nan : (1 - ownWeight(query)) / 2
      case .attentionNorms:
        place.isCross ? .nan : Self.ratio(others(query), own(query))
      case .residualNorms: Self.ratio(others(query), preserved(query))
      case .normedNorms:
        norm.map { norm in
          Self.ratio(
            norm.applied(to: others(query), query: query),
            norm.applied(to: preserved(query), query: query))
        } ?? .nan
      }
    }
  }

  /// What the mean head gives a token itself.
  private func ownWeight(_ query: Int) -> Double {
    guard heads > 0, query < keys else { return 0 }
    return patterns.reduce(0) { $0 + $1[query, query] } / Double(heads)
  }

  /// The stream, and what attention took from the token's own place.
  private func preserved(_ query: Int) -> [Double] {
    zip(kept.row(query), own(query)).map { $0 + $1 }
  }

  static func ratio(_ mixed: [Double], _ preserved: [Double]) -> Double {
    let (mixed, preserved) = (length(mixed), length(preserved))
    return mixed + preserved < 1e-12 ? .nan : mixed / (mixed + preserved)
  }
}

/// The Euclidean length of a vector.
func length(_ vector: some Sequence<Double>) -> Double {
  var sum = 0.0
  for number in vector { sum += number * number }
  return sum.squareRoot()
}
