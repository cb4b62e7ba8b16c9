import Tensors

/// What is to be differentiated, and by what.
public struct GradientRequest: Sendable {
  /// The rows.
  public var batch: Batch
  /// The changes, in the order in which they act; gradients flow through them.
  public var edits: [Edit]
  /// Which logits the differentiated number reads.
  public var output: OutputRequest
  /// The whole-layer values to differentiate by.
  public var sites: Set<Site>
  /// The stored tensors to differentiate by.
  public var parameters: ParameterSelection

  /// A request from its parts.
  public init(
    _ batch: Batch, edits: [Edit] = [], output: OutputRequest = .all, sites: Set<Site> = [],
    parameters: ParameterSelection = .none
  ) {
    self.batch = batch
    self.edits = edits
    self.output = output
    self.sites = sites
    self.parameters = parameters
  }
}

/// Which stored tensors of a model somebody wants to differentiate by.
public enum ParameterSelection: Sendable, Equatable {
  /// No tensor.
  case none
  /// Every tensor that the run uses.
  case all
  /// These, by their stored names.
  case named(Set<String>)

  /// Whether a tensor is among them.
  func contains(_ name: String) -> Bool {
    switch self {
    case .none: false
    case .all: true
    case .named(let names): names.contains(name)
    }
  }
}

/// What differentiating gave, in whichever precision the model ran; see `GradientResult`.
public struct AnyGradients: Sendable {
  /// The gradient at each site that was asked for.
  public var sites: [Site: AnyTensor]
  /// The gradient for each stored tensor that was asked for.
  public var parameters: [String: AnyTensor]
  /// What each edit did.
  public var firings: [Int: Firing]
}

/// What differentiating gave.
public struct GradientResult<Element: Scalar>: Sendable {
  /// The gradient at each site that was asked for: of the value as it is used downstream, behind all
  /// edits, and shaped as it is.
  ///
  /// A site that the number does not depend on has zeros.
  public var sites: [Site: Tensor<Element>]
  /// The gradient for each stored tensor that was asked for and that the run used, shaped as stored.
  ///
  /// A tensor that is used in several places has one gradient, the sum over all of them.
  public var parameters: [String: Tensor<Element>]
  /// The requested logits, [position, vocabulary], rows of the batch one behind the other.
  public var logits: Tensor<Element>
  /// Which positions of `logits` belong to each row.
  public var rows: [Range<Int>]
  /// What each edit did.
  public var firings: [Int: Firing]
}
