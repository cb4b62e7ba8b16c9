/// What one dimension of a tensor runs over.
public struct Axis: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// The name as users see it.
  public let name: String

  /// An axis called `name`.
  public init(_ name: String) { self.name = name }

  /// An axis called as the literal says.
  public init(stringLiteral value: String) { name = value }

  /// The name.
  public var description: String { name }

  /// One prompt (or variant of a prompt) of a batch.
  public static let row = Axis("row")
  /// A token's place in its row.
  public static let position = Axis("position")
  /// The position that attends.
  public static let query = Axis("query")
  /// The position that is attended to.
  public static let key = Axis("key")
  /// A query head.
  public static let head = Axis("head")
  /// A key/value head, which several query heads may share.
  public static let group = Axis("group")
  /// A coordinate of the residual stream, or of whatever a product returns.
  public static let width = Axis("width")
  /// A coordinate inside one head.
  public static let headWidth = Axis("head width")
  /// A coordinate of an MLP's inner layer.
  public static let neuron = Axis("neuron")
  /// An entry of the vocabulary.
  public static let vocabulary = Axis("vocabulary")
  /// A layer of the model.
  public static let layer = Axis("layer")
}
