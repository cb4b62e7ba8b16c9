import Analysis
import Language
import Transformers

/// An argument that is one of a few words.
public protocol ChoiceArgument: Argument, CaseIterable, RawRepresentable
where RawValue == String {}

extension ChoiceArgument {
  /// The words as strings, for completion.
  static var choices: [String] { allCases.map { "\"\($0.rawValue)\"" } }
  /// The word as a string.
  public var defaultText: String { "\"\(rawValue)\"" }

  /// A case by its word; a failure that lists the words for any other string.
  public static func from(_ value: Value) throws(Failure) -> Self? { try choice(value, kind) }
}

extension Intervention.Phase: ChoiceArgument {
  /// What messages call it.
  public static var kind: String { "phase" }
}

extension Address.Moment: ChoiceArgument {
  /// What messages call it.
  public static var kind: String { "moment" }
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
