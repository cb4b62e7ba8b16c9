import Analysis
import Language
import Transformers

extension TokenInformation.Label: Argument {
  /// What messages call it.
  public static var kind: String { "label" }
  /// The words that name a label.
  static let choices = allCases.map { "\"\($0.rawValue)\"" }
  /// The word as a string.
  public var defaultText: String { "\"\(rawValue)\"" }

  /// A label by its name.
  public static func from(_ value: Value) throws(Failure) -> TokenInformation.Label? {
    try choice(value, "label")
  }
}

extension Preservation.Property: Argument {
  /// What messages call it.
  public static var kind: String { "property" }
  /// The words that name a property.
  static let choices = allCases.map { "\"\($0.rawValue)\"" }
  /// The word as a string.
  public var defaultText: String { "\"\(rawValue)\"" }

  /// A property by its name.
  public static func from(_ value: Value) throws(Failure) -> Preservation.Property? {
    try choice(value, "property")
  }
}

extension Preservation.Metric: Argument {
  /// What messages call it.
  public static var kind: String { "metric of vectors" }
  /// The words that name a metric.
  static let choices = allCases.map { "\"\($0.rawValue)\"" }
  /// The word as a string.
  public var defaultText: String { "\"\(rawValue)\"" }

  /// A metric by its name.
  public static func from(_ value: Value) throws(Failure) -> Preservation.Metric? {
    try choice(value, "metric")
  }
}

extension TokenGroups.Division: Argument {
  /// What messages call it.
  public static var kind: String { "division" }
  /// The words that name a division.
  static let choices = allCases.map { "\"\($0.rawValue)\"" }
  /// The word as a string.
  public var defaultText: String { "\"\(rawValue)\"" }

  /// A division by its name.
  public static func from(_ value: Value) throws(Failure) -> TokenGroups.Division? {
    try choice(value, "division")
  }
}

/// As which texts a masked model reads the corpus.
enum TextState: String, Argument, CaseIterable {
  /// As they are.
  case clean
  /// With tokens hidden, as in the training of masked models.
  case corrupted

  static let kind = "state of the texts"
  static let choices = allCases.map { "\"\($0.rawValue)\"" }
  var defaultText: String { "\"\(rawValue)\"" }

  static func from(_ value: Value) throws(Failure) -> TextState? {
    try choice(value, "state")
  }
}

/// A side of a model with two stacks.
enum StackInput: String, Argument, CaseIterable {
  case enc, dec

  static let kind = "stack"
  static let choices = allCases.map { "\"\($0.rawValue)\"" }
  var defaultText: String { "\"\(rawValue)\"" }
  var stack: Stack { self == .enc ? .encoder : .decoder }

  static func from(_ value: Value) throws(Failure) -> StackInput? {
    try choice(value, "stack")
  }
}
