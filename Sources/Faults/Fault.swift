/// Why something below the language could not be done: what, where, and what to do about it.
///
/// The one error of models, corpora and files. The language adds the argument at which it points.
public struct Fault: Error, Sendable, Hashable, CustomStringConvertible {
  /// A stable name in kebab case, such as `unknown-architecture`.
  public var code: String
  /// One line: what could not be done, where, and what was found.
  public var message: String
  /// What to do about it, when there is something to do.
  public var help: String?

  /// A fault with its stable code, its one-line message and an optional help line.
  public init(_ code: String, _ message: String, help: String? = nil) {
    self.code = code
    self.message = message
    self.help = help
  }

  /// The text for people.
  public var description: String { message }

  /// The work was stopped by the user.
  public static let interrupted = Fault("interrupted", "stopped")

  /// Whether the user stopped the work.
  public var isInterruption: Bool { code == Fault.interrupted.code }
}
