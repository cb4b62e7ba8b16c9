/// The special tokens of a trained vocabulary, which have the first ids in the order given here.
///
/// There is none for unknown text: a vocabulary with all bytes in it can express every text.
public struct SpecialPieces: Sendable, Equatable {
  /// Begins a sequence, and stands for the whole of it in a classifier.
  public var beginning: String
  /// Ends a sequence, and separates the parts of a pair.
  public var end: String
  /// Fills rows of a batch.
  public var padding: String
  /// Hides a token from a masked language model; it takes the space in front of it along.
  public var mask: String

  /// The pieces as they are to stand in text.
  public init(
    beginning: String = "<s>", end: String = "</s>", padding: String = "<pad>",
    mask: String = "<mask>"
  ) {
    self.beginning = beginning
    self.end = end
    self.padding = padding
    self.mask = mask
  }

  /// The pieces in the order of their ids.
  var all: [String] { [beginning, end, padding, mask] }

  /// The ids, which are places in `all`.
  public static let (beginningID, endID, paddingID, maskID) = (0, 1, 2, 3)

  /// The pieces as the pipeline looks for them in text.
  var addedTokens: [AddedToken] {
    all.enumerated().map { id, piece in
      AddedToken(
        content: Array(piece.utf8), stripsLeft: id == Self.maskID, isNormalized: false,
        isSpecial: true)
    }
  }

  /// The roles that the pieces play around texts of the shape of `template`.
  func roles(_ template: TokenTemplate) -> [(role: TokenizerConfig.Role, id: Int)] {
    let always: [(TokenizerConfig.Role, Int)] = [
      (.bos, Self.beginningID), (.eos, Self.endID), (.pad, Self.paddingID), (.mask, Self.maskID),
    ]
    guard template == .bothEnds else { return always }
    return always + [(.cls, Self.beginningID), (.sep, Self.endID)]
  }
}
