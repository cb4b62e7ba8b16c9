/// A Swift type that a parameter of a built-in may have.
public protocol Argument: Sendable {
  /// What help and messages call the kind: `number`, `list of strings`.
  static var kind: String { get }
  /// Converts a value; nil when it is of another kind. A value of the right kind that cannot be
  /// used is a failure with its own words.
  static func from(_ value: Value) throws(Failure) -> Self?
  /// The value that is passed when the argument is missing, for optional types.
  static var missing: Self? { get }
  /// The numbers that are taken where a parameter declares no limits; nil where none are numbers
  /// or all are.
  static var limits: Limits? { get }
  /// How a default is written in a signature.
  var defaultText: String { get }
}

extension Argument {
  /// Nothing: the argument must be given.
  public static var missing: Self? { nil }
  /// None.
  public static var limits: Limits? { nil }
  /// Swift's own text.
  public var defaultText: String { "\(self)" }
}

extension Value: Argument {
  /// Anything.
  public static var kind: String { "value" }
  /// Every value.
  public static func from(_ value: Value) -> Value? { value }
  /// The value's text.
  public var defaultText: String { text }
}

extension Double: Argument {
  /// A number.
  public static var kind: String { "number" }
  /// A number's value.
  public static func from(_ value: Value) -> Double? {
    if case .number(let number) = value { number } else { nil }
  }
  /// The shortest digits.
  public var defaultText: String { NumberText.shortest(self) }
}

extension Int: Argument {
  /// A whole number.
  public static var kind: String { "whole number" }
  /// All that are exact.
  public static var limits: Limits? { .whole }
  /// A number without a fraction.
  public static func from(_ value: Value) -> Int? {
    if case .number(let number) = value { number.exactInteger } else { nil }
  }
}

extension Bool: Argument {
  /// A boolean.
  public static var kind: String { "boolean" }
  /// A boolean's value.
  public static func from(_ value: Value) -> Bool? {
    if case .bool(let flag) = value { flag } else { nil }
  }
}

extension String: Argument {
  /// A string.
  public static var kind: String { "string" }
  /// A string's text.
  public static func from(_ value: Value) -> String? {
    if case .string(let text) = value { text } else { nil }
  }
  /// The string as a literal.
  public var defaultText: String { Value.quoted(self) }
}
