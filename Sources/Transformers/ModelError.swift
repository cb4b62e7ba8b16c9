/// Why a model could not be loaded or run: what, where, and what to do about it.
public struct ModelError: Error, Sendable, CustomStringConvertible {
  /// A stable name in kebab case, such as `unknown-architecture`.
  public var code: String
  /// One line: what could not be done, and what was found.
  public var message: String
  /// What to do about it, when there is something to do.
  public var help: String?

  /// An error with its stable code, its one-line message and an optional help line.
  public init(_ code: String, _ message: String, help: String? = nil) {
    self.code = code
    self.message = message
    self.help = help
  }

  /// The text for people.
  public var description: String { message }
}

extension ModelError {
  /// The run was stopped by the user.
  public static let interrupted = ModelError("interrupted", "the run was interrupted")
}

extension ModelError {
  /// What needs a distribution over tokens was asked of a classifier.
  public static let noVocabulary = ModelError(
    "no-vocabulary", "this model is a classifier: its logits stand for labels, not for tokens",
    help: "see what it predicts with   predict p")
}
