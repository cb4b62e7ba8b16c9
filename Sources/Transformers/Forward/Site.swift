/// A whole-layer value that the forward pass offers at the one point where values can be observed,
/// replaced or differentiated.
///
/// An `Address` picks a slice of one.
public struct Site: Hashable, Sendable {
  /// The side of the model; a model with one stack has only the decoder.
  public var stack: Stack
  /// The layer, 0 for a site outside the layers.
  public var layer: Int
  /// Which value.
  public var kind: Kind

  /// A site from its pieces.
  public init(_ kind: Kind, layer: Int = 0, stack: Stack = .decoder) {
    self.kind = kind
    self.layer = layer
    self.stack = stack
  }

  /// The values in the order in which the forward pass meets them.
  ///
  /// Shapes: streams, norms, `attn`, `mlp` are [row, position, width]; `q`, `rotQ`, `z` are
  /// [row, position, head, headWidth]; `k`, `v`, `rotK` are [row, position, group, headWidth];
  /// `scores` and `pattern` are [row, head, query, key]; `headOut` is [row, position, head, width];
  /// `mlpPre` and `mlpPost` are [row, position, neuron]; values of cross attention are shaped as those
  /// of a block's own attention, with source tokens as keys; the statistics of a norm (mean and inverse
  /// deviation) are [row, position, 2]; `logits` are [row, position, vocabulary].
  public enum Kind: UInt8, Hashable, Sendable, CaseIterable {
    case embed, pos
    case residPre, ln1Statistics, ln1
    case q, k, v, rotQ, rotK, scores, pattern, z, headOut, attn
    case residMid, crossNormStatistics, crossNorm
    case crossQ, crossK, crossV, crossScores, crossPattern, crossZ, crossHeadOut, cross, residCross
    case ln2Statistics, ln2, mlpPre, mlpPost, mlp, residPost
    case finalStatistics, final, logits

    var bit: UInt64 { 1 << UInt64(rawValue) }
  }
}

extension Site.Kind {
  /// Whether the value has one entry for each pair of a query and a key.
  public var isPairwise: Bool {
    switch self {
    case .scores, .pattern, .crossScores, .crossPattern: true
    default: false
    }
  }

  /// Whether the value is what enters the softmax.
  public var isScores: Bool { self == .scores || self == .crossScores }

  /// Whether the value belongs to attention to the encoder's output, or stands right behind it.
  public var isCross: Bool {
    Self.crossNormStatistics.rawValue <= rawValue && rawValue <= Self.residCross.rawValue
  }

  /// Whether the positions of the value are source tokens although it stands in the decoder.
  public var countsSource: Bool { self == .crossK || self == .crossV }

  /// The axis of the value that tells heads, groups or neurons apart, where it has one.
  public var componentAxis: Int? {
    switch self {
    case .q, .k, .v, .rotQ, .rotK, .z, .headOut, .mlpPre, .mlpPost, .logits: 2
    case .crossQ, .crossK, .crossV, .crossZ, .crossHeadOut: 2
    case .scores, .pattern, .crossScores, .crossPattern: 1
    default: nil
    }
  }

  /// The axis of the value that counts positions (queries for scores and patterns).
  public var positionAxis: Int { isPairwise ? 2 : 1 }
}
