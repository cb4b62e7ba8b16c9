import Analysis
import Language
import Transformers

extension Intervention.Phase: Argument {
  /// What messages call it.
  public static var kind: String { "phase" }
  /// The words that name a phase.
  static let choices = allCases.map { "\"\($0.rawValue)\"" }
  /// The word as a string.
  public var defaultText: String { "\"\(rawValue)\"" }

  /// A phase by its name.
  public static func from(_ value: Value) throws(Failure) -> Intervention.Phase? {
    try choice(value, "phase")
  }
}

extension Address.Moment: Argument {
  /// What messages call it.
  public static var kind: String { "moment" }
  /// The words that name a moment.
  static let choices = allCases.map { "\"\($0.rawValue)\"" }
  /// The word as a string.
  public var defaultText: String { "\"\(rawValue)\"" }

  /// A moment by its name.
  public static func from(_ value: Value) throws(Failure) -> Address.Moment? {
    try choice(value, "moment")
  }
}

extension CaseIterable where Self: RawRepresentable, RawValue == String {
  /// The case of a name; a failure that lists the names for any other string.
  static func choice(_ value: Value, _ noun: String) throws(Failure) -> Self? {
    guard case .string(let text) = value else { return nil }
    if let found = Self(rawValue: text) { return found }
    throw Failure(
      "unknown-choice", "there is no \(noun) \"\(text)\"",
      help: "choose one of " + allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "))
  }
}
