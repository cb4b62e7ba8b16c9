import Tensors

/// Where each number of a model lies in its checkpoint: tensor names by role, as a family gives
/// them.
public struct WeightNames: Sendable {
  /// The token table, [vocabulary, width].
  public var tokens: String
  /// The position table, [position, width].
  public var positions: String?
  /// What makes tokens of images, in a model that reads images; `tokens` is then the first of the
  /// leading tokens.
  public var patches: PatchNames?
  /// The segment table, [segment, width].
  public var segments: String?
  /// The norm behind the embedding.
  public var embeddingNorm: NormNames?
  /// The blocks, first to last.
  public var blocks: [BlockNames]
  /// The norm behind the last block.
  public var finalNorm: NormNames?
  /// The way to the logits.
  public var output: OutputNames?
  /// The encoder of a model with two stacks.
  public var encoder: EncoderNames?
  /// Tensors that are used in another shape than the one in which they are stored, by their names.
  public var storedShapes: [String: StoredShape] = [:]

  /// The names by role.
  public init(
    tokens: String, positions: String? = nil, segments: String? = nil,
    patches: PatchNames? = nil, embeddingNorm: NormNames? = nil, blocks: [BlockNames],
    finalNorm: NormNames? = nil, output: OutputNames? = nil, encoder: EncoderNames? = nil,
    storedShapes: [String: StoredShape] = [:]
  ) {
    self.tokens = tokens
    self.positions = positions
    self.segments = segments
    self.patches = patches
    self.embeddingNorm = embeddingNorm
    self.blocks = blocks
    self.finalNorm = finalNorm
    self.output = output
    self.encoder = encoder
    self.storedShapes = storedShapes
  }
}

/// The names of what makes tokens of images.
public struct PatchNames: Sendable {
  /// The projection of a patch's numbers.
  public var projection: MatrixName
  /// The tokens in front of the patches, each [1, width].
  public var leading: [String]

  /// The names by role.
  public init(projection: MatrixName, leading: [String]) {
    self.projection = projection
    self.leading = leading
  }
}

/// The names of the encoder's tensors.
public struct EncoderNames: Sendable {
  /// The token table; the decoder's own where both sides share it.
  public var tokens: String
  /// The position table.
  public var positions: String?
  /// The norm behind the embedding.
  public var embeddingNorm: NormNames?
  /// The blocks, first to last.
  public var blocks: [BlockNames]
  /// The norm behind the last block.
  public var finalNorm: NormNames?

  /// The names by role.
  public init(
    tokens: String, positions: String? = nil, embeddingNorm: NormNames? = nil,
    blocks: [BlockNames], finalNorm: NormNames? = nil
  ) {
    self.tokens = tokens
    self.positions = positions
    self.embeddingNorm = embeddingNorm
    self.blocks = blocks
    self.finalNorm = finalNorm
  }
}

/// The names of a block's attention to the encoder's output.
public struct CrossNames: Sendable {
  /// The norms round it.
  public var norms: BranchNormNames
  /// Its projections.
  public var query: MatrixName, key: MatrixName, value: MatrixName, output: MatrixName

  /// The names by role.
  public init(
    norms: BranchNormNames, query: MatrixName, key: MatrixName, value: MatrixName,
    output: MatrixName
  ) {
    self.norms = norms
    self.query = query
    self.key = key
    self.value = value
    self.output = output
  }
}

extension WeightNames {
  /// The matrices that write to the stream.
  public var streamWriters: Set<String> {
    Set(
      (blocks + (encoder?.blocks ?? [])).flatMap { block in
        [block.attentionOutput.weight, block.mlpOutput.weight]
          + (block.cross.map { [$0.output.weight] } ?? [])
      })
  }
}

/// The gain and the bias of a norm.
public struct NormNames: Sendable {
  /// The gain, [width].
  public var gain: String
  /// The bias, [width], where the norm has one.
  public var bias: String?

  /// The names of a norm's two vectors.
  public init(gain: String, bias: String? = nil) {
    self.gain = gain
    self.bias = bias
  }
}

/// A projection: a matrix as it is stored, or some outputs of a fused one.
public struct MatrixName: Sendable {
  /// The tensor's name.
  public var weight: String
  /// The bias' name, where there is one.
  public var bias: String?
  /// The orientation in which the matrix is stored.
  public var layout: WeightLayout
  /// How many outputs the stored matrix has, and which of them are this projection's; nil when all
  /// are.
  public var slice: (stored: Int, outputs: Range<Int>)?

  /// The name of a projection.
  public init(
    _ weight: String, bias: String? = nil, layout: WeightLayout = .outputByInput,
    slice: (stored: Int, outputs: Range<Int>)? = nil
  ) {
    self.weight = weight
    self.bias = bias
    self.layout = layout
    self.slice = slice
  }
}

/// The names of one block.
public struct BlockNames: Sendable {
  /// The norms round attention and round the MLP.
  public var attentionNorms: BranchNormNames, mlpNorms: BranchNormNames
  /// The projections of attention.
  public var query: MatrixName, key: MatrixName, value: MatrixName, attentionOutput: MatrixName
  /// Norms on queries and keys, where there are any.
  public var queryNorm: NormNames?, keyNorm: NormNames?
  /// Attention to the encoder's output, where the block has it.
  public var cross: CrossNames?
  /// The projections of the MLP: into the activation, beside it (gated), and out.
  public var mlpInput: MatrixName, mlpGatedInput: MatrixName?, mlpOutput: MatrixName

  /// The names of one block.
  public init(
    attentionNorms: BranchNormNames, mlpNorms: BranchNormNames, query: MatrixName, key: MatrixName,
    value: MatrixName, attentionOutput: MatrixName, queryNorm: NormNames? = nil,
    keyNorm: NormNames? = nil, cross: CrossNames? = nil, mlpInput: MatrixName,
    mlpGatedInput: MatrixName? = nil, mlpOutput: MatrixName
  ) {
    self.attentionNorms = attentionNorms
    self.mlpNorms = mlpNorms
    self.query = query
    self.key = key
    self.value = value
    self.attentionOutput = attentionOutput
    self.queryNorm = queryNorm
    self.keyNorm = keyNorm
    self.cross = cross
    self.mlpInput = mlpInput
    self.mlpGatedInput = mlpGatedInput
    self.mlpOutput = mlpOutput
  }
}

/// The names of the norms round one branch of a block; see `BranchNorms`.
public struct BranchNormNames: Sendable {
  /// On what the branch reads, on what it adds, and on the stream behind it.
  public var input: NormNames?, output: NormNames?, stream: NormNames?

  /// The names of the norms round one branch.
  public init(input: NormNames? = nil, output: NormNames? = nil, stream: NormNames? = nil) {
    self.input = input
    self.output = output
    self.stream = stream
  }
}

/// The names on the way to the logits.
public struct OutputNames: Sendable {
  /// The dense layer of a masked-language-model head or a classifier, and the norm behind it.
  public var transform: (dense: MatrixName, norm: NormNames?)?
  /// The product that gives the logits; the token table itself where they are tied.
  public var vocabulary: MatrixName

  /// The names on the way to the logits.
  public init(transform: (dense: MatrixName, norm: NormNames?)? = nil, vocabulary: MatrixName) {
    self.transform = transform
    self.vocabulary = vocabulary
  }
}
