/// A value of a kind that the embedding adds, such as a model or an address.
public protocol HostValue: Sendable {
  /// The kind's name, one lower-case word.
  var kind: String { get }
  /// The short form on one line; where the value has a literal or a call that makes it, that text.
  var description: String { get }
  /// What is shown when the value is displayed.
  var presentation: Presentation { get }
  /// The value as plain JSON data, without its kind.
  var json: JSON { get }
  /// The names of its fields, for completion and messages.
  var fieldNames: [String] { get }

  /// Whether both are the same value.
  func isEqual(to other: any HostValue) -> Bool
  /// Feeds what `isEqual` compares.
  func hash(into hasher: inout Hasher)
  /// The field of a name; nil where there is none.
  func field(_ name: String) throws(Failure) -> Value?
  /// The element at an index, as in `value[index]`; nil where the kind has no elements.
  func element(at index: Value) throws(Failure) -> Value?
  /// The value narrowed to a position, as in `value@2`; nil where the kind has no positions.
  func narrowed(by position: Value) throws(Failure) -> Value?
  /// The result of an operator with the value on its left, or on its right when `isReversed`;
  /// nil where the kind has no such operator.
  func combined(_ symbol: String, with other: Value, isReversed: Bool) throws(Failure) -> Value?
  /// The function that calling the value calls; nil where it cannot be called.
  var callable: FunctionValue? { get }
  /// Begins the value's effect for `with`; nil where it cannot stand there. The interpreter calls
  /// the scope's `end` exactly once, whatever happens in between.
  func enter(_ context: Context) throws(Failure) -> Scope?
  /// Makes sure that what a command computed from the value counts; asked of each argument when the
  /// command has ended.
  func verify() throws(Failure)
}

extension HostValue {
  /// Nothing can change.
  public func verify() throws(Failure) {}
  /// Shown as its description.
  public var presentation: Presentation { .text(description) }
  /// Its description.
  public var json: JSON { .string(description) }
  /// None.
  public var fieldNames: [String] { [] }
  /// None.
  public func field(_ name: String) throws(Failure) -> Value? { nil }
  /// None.
  public func element(at index: Value) throws(Failure) -> Value? { nil }
  /// None.
  public func narrowed(by position: Value) throws(Failure) -> Value? { nil }
  /// None.
  public func combined(
    _ symbol: String, with other: Value, isReversed: Bool
  ) throws(Failure) -> Value? { nil }
  /// None.
  public var callable: FunctionValue? { nil }
  /// None.
  public func enter(_ context: Context) throws(Failure) -> Scope? { nil }
}

/// What a host value is shown as.
public enum Presentation: Sendable {
  /// Lines of text.
  case text(String)
  /// Lines of text for so many columns.
  case fitted(@Sendable (Int) -> String)
  /// A table.
  case table(Table)
  /// A tensor.
  case tensor(TensorValue)
  /// A picture.
  case figure(Figure)
  /// Another value.
  case value(Value)
}

/// An effect that `with` began and that must be taken back.
public struct Scope: Sendable {
  /// Takes the effect back.
  ///
  /// It is called once and cannot fail.
  public let end: @Sendable () -> Void

  /// Makes a scope from the action that ends it.
  public init(end: @escaping @Sendable () -> Void) { self.end = end }
}
