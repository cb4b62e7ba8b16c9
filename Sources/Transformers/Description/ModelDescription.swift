import Tensors

/// What a model is, without its numbers: the value that every family's configuration becomes.
///
/// Nothing behind the family files knows a family's name; the forward pass reads this.
public struct ModelDescription: Sendable {
  /// The family's name for people, such as `gpt2`.
  public var family: String
  /// The width of the residual stream.
  public var width: Int
  /// How many token ids there are.
  public var vocabularySize: Int
  /// The longest row that the model can take, or nil when nothing limits it.
  public var contextLength: Int?
  /// How tokens become the stream that enters the first block.
  public var embedding: EmbeddingDescription
  /// The blocks, first to last.
  public var blocks: [BlockDescription]
  /// The norm behind the last block, where there is one.
  public var finalNorm: NormDescription?
  /// How the stream becomes logits, or nil for a bare body.
  public var output: OutputDescription?
  /// What reads the source, in a model with two stacks; everything else is then the decoder's.
  public var encoder: EncoderDescription?

  /// A description from its parts.
  public init(
    family: String, width: Int, vocabularySize: Int, contextLength: Int?,
    embedding: EmbeddingDescription, blocks: [BlockDescription], finalNorm: NormDescription?,
    output: OutputDescription?, encoder: EncoderDescription? = nil
  ) {
    self.family = family
    self.width = width
    self.vocabularySize = vocabularySize
    self.contextLength = contextLength
    self.embedding = embedding
    self.blocks = blocks
    self.finalNorm = finalNorm
    self.output = output
    self.encoder = encoder
  }

  /// Whether every block's attention is causal.
  public var isCausal: Bool { blocks.allSatisfy(\.attention.isCausal) }

  /// Whether the model can write on: it is causal and predicts tokens.
  public var canGenerate: Bool { isCausal && output != nil && classification == nil }

  /// The classes that the logits stand for, where they stand for classes and not for tokens.
  public var classification: ClassificationDescription? { output?.classification }

  /// How many logits there are at a position.
  public var outputWidth: Int { classification?.labels.count ?? vocabularySize }
}

/// How tokens become the stream that enters the first block.
public struct EmbeddingDescription: Sendable {
  /// Rows of the learned position table and the number that is added to a position to find its row;
  /// nil when positions enter elsewhere (rotary) or nowhere.
  public var learnedPositions: (count: Int, offset: Int)?
  /// The id whose tokens are not counted among the learned positions; nil where every token is.
  ///
  /// Each of them stands at the last row before that of the first position.
  public var uncountedID: Int?
  /// How many rows of sines and cosines stand for positions, where these are not learned.
  public var sinusoidalPositions: Int?
  /// How many segment ids there are, or nil when the model has none.
  public var segmentCount: Int?
  /// The norm behind the sum, where there is one (BERT).
  public var norm: NormDescription?
  /// What token rows are multiplied by.
  public var scale: Double
  /// How images become tokens, in a model that reads images and no ids.
  public var patches: PatchDescription?

  /// Whether a row is added for each position.
  public var hasPositionRows: Bool { learnedPositions != nil || sinusoidalPositions != nil }

  /// A description from its parts.
  public init(
    learnedPositions: (count: Int, offset: Int)? = nil, sinusoidalPositions: Int? = nil,
    segmentCount: Int? = nil,
    norm: NormDescription? = nil, scale: Double = 1, uncountedID: Int? = nil,
    patches: PatchDescription? = nil
  ) {
    self.learnedPositions = learnedPositions
    self.sinusoidalPositions = sinusoidalPositions
    self.segmentCount = segmentCount
    self.norm = norm
    self.scale = scale
    self.uncountedID = uncountedID
    self.patches = patches
  }
}

/// How the stream becomes logits.
public struct OutputDescription: Sendable {
  /// The activation behind a dense layer, and the norm behind that where there is one; nil when the
  /// stream goes straight to the logits.
  public var transform: (activation: Activation, norm: NormDescription?)?
  /// Whether the vocabulary product has a bias.
  public var hasBias: Bool
  /// Logits are squeezed to ±this by tanh, where it is set.
  public var softCap: Double?
  /// The classes of a classifier, which reads each row's first token; nil when the logits stand for
  /// the tokens of the vocabulary, at every position.
  public var classification: ClassificationDescription?
  /// Whether the token table is the vocabulary matrix where the checkpoint has one of them alone.
  public var isTied: Bool

  /// A description from its parts.
  public init(
    transform: (activation: Activation, norm: NormDescription?)? = nil, hasBias: Bool = false,
    softCap: Double? = nil, classification: ClassificationDescription? = nil,
    isTied: Bool = false
  ) {
    self.transform = transform
    self.hasBias = hasBias
    self.softCap = softCap
    self.classification = classification
    self.isTied = isTied
  }
}

/// A normalisation of the last axis.
public struct NormDescription: Sendable {
  /// With or without subtracting the mean.
  public enum Kind: Sendable { case layer, rms }
  /// LayerNorm or RMSNorm.
  public var kind: Kind
  /// What is added to the variance or mean square.
  public var epsilon: Double
  /// What is added to the stored gain before it multiplies (1 where gains are stored around 0).
  public var gainOffset: Double

  /// A description from its parts.
  public init(_ kind: Kind, epsilon: Double, gainOffset: Double = 0) {
    self.kind = kind
    self.epsilon = epsilon
    self.gainOffset = gainOffset
  }
}
