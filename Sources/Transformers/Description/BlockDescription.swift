import Tensors

/// One block: attention, perhaps attention to the other side, then an MLP; or both side by side.
public struct BlockDescription: Sendable {
  /// What attention does.
  public var attention: AttentionDescription
  /// Where attention is normalised.
  public var attentionNorms: BranchNorms
  /// Attention to the encoder's output, where the block has it.
  public var cross: CrossDescription?
  /// What the MLP does.
  public var mlp: MLPDescription
  /// Where the MLP is normalised.
  public var mlpNorms: BranchNorms
  /// Attention and MLP both read the stream that enters the block.
  ///
  /// A parallel MLP without an input
  /// norm of its own reads what attention reads.
  public var isParallel: Bool

  /// A description from its parts.
  public init(
    attention: AttentionDescription, attentionNorms: BranchNorms, cross: CrossDescription? = nil,
    mlp: MLPDescription, mlpNorms: BranchNorms, isParallel: Bool = false
  ) {
    self.attention = attention
    self.attentionNorms = attentionNorms
    self.cross = cross
    self.mlp = mlp
    self.mlpNorms = mlpNorms
    self.isParallel = isParallel
  }
}

/// The norms round one branch of a block.
///
/// Pre-norm has `input`, BERT has `stream`, Gemma 2 has
/// `input` and `output`, OLMo 2 has `output` alone.
public struct BranchNorms: Sendable {
  /// On what the branch reads.
  public var input: NormDescription?
  /// On what the branch adds to the stream, before it is added.
  public var output: NormDescription?
  /// On the stream, after the branch was added.
  public var stream: NormDescription?

  /// The norms of a branch.
  public init(
    input: NormDescription? = nil, output: NormDescription? = nil, stream: NormDescription? = nil
  ) {
    self.input = input
    self.output = output
    self.stream = stream
  }
}

/// What an attention layer does between its projections.
public struct AttentionDescription: Sendable {
  /// How many query heads there are.
  public var heads: Int
  /// How many key/value groups they share.
  public var groups: Int
  /// The width of a query, a key and a value.
  public var headWidth: Int
  /// What the product of a query and a key is multiplied by.
  public var scale: Double
  /// Scores are squeezed to ±this by tanh, where it is set.
  public var softCap: Double?
  /// Whether a query sees only itself and earlier keys.
  public var isCausal: Bool
  /// How many keys a query sees counting back from itself, where that is limited.
  public var window: Int?
  /// The rotation of queries and keys, where positions enter so.
  public var rotary: RotaryDescription?
  /// One slope for each head, where positions enter as a linear bias (ALiBi).
  public var slopes: [Double]?
  /// A norm on each query and each key, before they are rotated.
  public var queryKeyNorm: NormDescription?
  /// Whether those projections have biases for which the family lets the configuration say so.
  public var hasBias: Bool

  /// A description from its parts.
  public init(
    heads: Int, groups: Int, headWidth: Int, scale: Double, softCap: Double? = nil, isCausal: Bool,
    window: Int? = nil, rotary: RotaryDescription? = nil, slopes: [Double]? = nil,
    queryKeyNorm: NormDescription? = nil, hasBias: Bool = true
  ) {
    self.heads = heads
    self.groups = groups
    self.headWidth = headWidth
    self.scale = scale
    self.softCap = softCap
    self.isCausal = isCausal
    self.window = window
    self.rotary = rotary
    self.slopes = slopes
    self.queryKeyNorm = queryKeyNorm
    self.hasBias = hasBias
  }

  /// The group that a query head reads.
  public func group(ofHead head: Int) -> Int { head / (heads / groups) }

  /// The query heads that read a group.
  public func heads(ofGroup group: Int) -> Range<Int> {
    let share = heads / groups
    return group * share..<(group + 1) * share
  }
}

/// What an MLP does.
public struct MLPDescription: Sendable {
  /// How many neurons it has.
  public var width: Int
  /// The activation.
  public var activation: Activation
  /// Whether the activation is multiplied by a second projection (SwiGLU and its kin).
  public var isGated: Bool
  /// Whether its projections have biases, where the family lets the configuration say so.
  public var hasBias: Bool

  /// A description from its parts.
  public init(width: Int, activation: Activation, isGated: Bool, hasBias: Bool = true) {
    self.width = width
    self.activation = activation
    self.isGated = isGated
    self.hasBias = hasBias
  }
}
