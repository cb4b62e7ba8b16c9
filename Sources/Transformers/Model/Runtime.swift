import Faults
import Tensors

/// The precision in which a model runs.
public enum Precision: String, Sendable, CaseIterable {
  case single = "f32"
  case double = "f64"

  /// The size of one number.
  public var byteCount: Int { self == .single ? 4 : 8 }
}

/// A model with its numbers in some precision: all that analyses need to run it.
public protocol Runtime: Sendable {
  /// What the model is.
  var description: ModelDescription { get }
  /// The precision of the numbers.
  var precision: Precision { get }

  /// Runs the forward pass once.
  func run(_ request: RunRequest) throws(Fault) -> RunResult

  /// Runs the blocks from `layer` on, over a stream that stood before that layer.
  func resume(at layer: Int, stream: AnyTensor, _ request: RunRequest) throws(Fault)
    -> RunResult

  /// Differentiates a number that is read off the logits; see `Weights.differentiate`.
  func differentiate(
    _ request: GradientRequest,
    cotangent: (AnyTensor, [Range<Int>]) throws(Fault) -> AnyTensor
  ) throws(Fault) -> AnyGradients

  /// Adds tokens to a prompt, one after the other.
  func generate(_ request: GenerationRequest, onToken: (Int) throws(Fault) -> Void)
    throws(Fault) -> GenerationResult

  /// The logits of every position of a row that is run through the cache: its first `prefill` ids
  /// at once, the others one by one.
  ///
  /// - Returns: [position, vocabulary].
  func cachedLogits(_ row: Batch, prefill: Int, edits: [Edit]) throws(Fault) -> AnyTensor

  /// The logits that streams would give behind the final norm: [position, vocabulary] for
  /// [position, width], each normalised by its own statistics.
  func readOut(_ streams: AnyTensor) throws(Fault) -> AnyTensor

  /// Rows of the token table, [position, width]; all of them for nil.
  func tokenRows(_ ids: [Int]?) throws(Fault) -> AnyTensor

  /// The matrices of one head.
  func headWeights(stack: Stack, layer: Int, head: Int, isCross: Bool) throws(Fault)
    -> HeadWeights

  /// The norms of a side's stream, and its segment rows.
  func streamWeights(_ stack: Stack) -> StreamWeights

  /// The matrices through which an MLP reads the stream, [width, neuron] each, with the norm before
  /// them.
  func mlpReaders(stack: Stack, layer: Int) throws(Fault) -> (
    matrices: [Tensor<Double>], norm: NormValues?
  )

  /// What directions of the last stream add to each logit; see `Weights.unembed`.
  func unembed(_ directions: Tensor<Double>) throws(Fault) -> Tensor<Double>

  /// What a side adds to its tokens for each position, [position, width]; nil where it adds nothing.
  func positionRows(of stack: Stack) -> AnyTensor?

  /// The same model without what tells tokens apart by their order.
  func withoutOrder(masks: Bool) -> any Runtime

  /// What the heads of an attention would write if each attended to one token alone; see
  /// `Weights.sourceOutputs`.
  func sourceOutputs(_ values: AnyTensor, of place: AttentionPlace) throws(Fault) -> AnyTensor

  /// The bias of an attention's output projection, [width]; zeros where it has none.
  func outputBias(of place: AttentionPlace) throws(Fault) -> [Double]

  /// The gain of the norm through which the stream goes behind an attention, [width]; nil where
  /// there is none.
  func gainBehind(_ place: AttentionPlace) throws(Fault) -> [Double]?

  /// Carries vectors at some sites back to others; see `Weights.pullBack`.
  func pullBack(
    _ vectors: AnyTensor, from targets: [Site], to sites: Set<Site>, in request: RunRequest
  ) throws(Fault) -> [[Site: AnyTensor]]

  /// The products W·Wᵀ of the map from the last stream to the logits; see `Weights.unembeddingGram`.
  func unembeddingGram() throws(Fault) -> Matrix
}

extension Weights {
  /// The precision of the numbers.
  public var precision: Precision { Element.self == Float.self ? .single : .double }

  /// The logits that streams would give.
  public func readOut(_ streams: AnyTensor) throws(Fault) -> AnyTensor {
    let forward = Forward(Eager<Element>(), self)
    guard let output else {
      throw Fault(
        "no-logits", "this model is a bare body: it has no logits",
        help: "read its hidden states instead, for instance with   capture p final")
    }
    guard output.classification == nil else { throw .noVocabulary }
    var stream = streams.cast(to: Element.self)
    if let norm = finalNorm { stream = forward.operations.norm(stream, norm) }
    return AnyTensor(try forward.vocabulary(stream, output, columns: nil))
  }

  /// Rows of the token table.
  public func tokenRows(_ ids: [Int]?) throws(Fault) -> AnyTensor {
    guard let ids else { return AnyTensor(tokens.tensor) }
    return AnyTensor(try Eager<Element>().gather(tokens, ids))
  }
}

extension Model {
  /// The model with its numbers in a precision.
  ///
  /// - Throws: `Fault` when the numbers cannot be read.
  public func runtime(_ precision: Precision) throws(Fault) -> any Runtime {
    try markUse()
    return switch precision {
    case .single: try singleWeights()
    case .double: try doubleWeights()
    }
  }
}
