/// What a selector of an address or a position literal picks.
public enum Selector: Sendable, Hashable {
  /// One entry; negative counts from the end.
  case one(Int)
  /// From one to another, both included; nil for an end that was left out.
  case range(Int?, Int?)
  /// Several entries.
  case list([Int])
  /// All of them.
  case all
}

/// A word of an address literal with its selector: `L2..4`, `H5`, `pattern`.
public struct AddressPiece: Sendable, Hashable {
  /// The word without its selector: `L`, `H`, `pattern`.
  public let word: String
  /// What follows the word at once; nil for a plain component.
  public let selector: Selector?

  /// Makes a piece.
  public init(_ word: String, _ selector: Selector? = nil) {
    self.word = word
    self.selector = selector
  }
}

/// What a position literal names.
public enum PositionPick: Sendable, Hashable {
  /// By number.
  case places(Selector)
  /// The one token that holds a text.
  case text(String)
  /// What values of the host's own name, all of them together: `@(q)`.
  case values([Value])
}
