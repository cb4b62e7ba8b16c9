/// What an embedding adds to the language: the parts of address literals and what they mean.
public protocol Host: Sendable {
  /// The words that may follow the dot of an address literal without a selector, such as `pattern`.
  var plainComponents: Set<String> { get }
  /// The words that carry a selector, such as `H` in `H5` and `H*`.
  var selectedComponents: Set<String> { get }
  /// The words that may stand before the layer with a dot, such as `enc`.
  var sides: Set<String> { get }
  /// Names that a side and a dot may stand before as well, such as `embed` in `enc.embed`.
  var sidedValues: Set<String> { get }
  /// Names that are bound from the start.
  var constants: [(String, Value)] { get }

  /// The address of a literal. `pieces` begins with the layer; an address need not exist in any
  /// model yet.
  func address(side: String?, pieces: [AddressPiece]) throws(Failure) -> Value
  /// The position of a literal.
  func position(_ pick: PositionPick) throws(Failure) -> Value
  /// A value narrowed by a position that stands directly behind it, as in `logits@-1`.
  func narrow(_ value: Value, by position: Value) throws(Failure) -> Value
  /// What to say of a name that names nothing, where the embedding knows what was meant.
  func hint(for name: String) -> String?
  /// Makes sure that what a command has just computed rests on what it was given, such as files that
  /// nobody wrote meanwhile; called after each command, also one that failed.
  func verify() throws(Failure)
  /// Remembers the state that entries can change, such as which interventions are active, and
  /// gives the action that brings it back. The interpreter calls it when an entry fails.
  func savepoint() -> @Sendable () -> Void
}

extension Host {
  /// Asks the value itself.
  public func narrow(_ value: Value, by position: Value) throws(Failure) -> Value {
    if case .host(let host) = value, let narrowed = try host.narrowed(by: position) {
      return narrowed
    }
    throw Failure(
      "not-narrowable", "\(value.kindWithArticle) has no positions to narrow",
      help: "put a space before `@` to pass the position as an operand of its own")
  }

  /// Nothing.
  public func hint(for name: String) -> String? { nil }

  /// None.
  public var sidedValues: Set<String> { [] }

  /// Nothing can change.
  public func verify() throws(Failure) {}

  /// Nothing to bring back.
  public func savepoint() -> @Sendable () -> Void { {} }
}

/// A host without addresses and positions, for programs that only need the plain language.
public struct PlainHost: Host {
  /// Makes the host.
  public init() {}
  /// None.
  public var plainComponents: Set<String> { [] }
  /// None.
  public var selectedComponents: Set<String> { [] }
  /// None.
  public var sides: Set<String> { [] }
  /// None.
  public var constants: [(String, Value)] { [] }
  /// Fails: there are no addresses.
  public func address(side: String?, pieces: [AddressPiece]) throws(Failure) -> Value {
    throw Failure("no-addresses", "there are no addresses here")
  }
  /// Fails: there are no positions.
  public func position(_ pick: PositionPick) throws(Failure) -> Value {
    throw Failure("no-positions", "there are no positions here")
  }
}
