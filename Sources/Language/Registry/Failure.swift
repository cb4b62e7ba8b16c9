/// Why a built-in did not do what it was asked to: words without places.
///
/// The interpreter adds the places of the call and of the argument.
public struct Failure: Error, Sendable {
  /// The kind of failure, in kebab case.
  public var code: String
  /// What could not be done, in one line.
  public var message: String
  /// The parameter whose argument is at fault.
  public var argument: String?
  /// What to do about it.
  public var help: String?
  /// Further facts, one line each.
  public var notes: [String]
  /// The finished diagnostic of a failure that happened inside a function which the built-in
  /// called; it already knows its place.
  var diagnostic: Diagnostic?
  /// A `return` on its way through the built-in to the function that it leaves.
  var unwinding: Unwinding?
  /// The status of a session or script that is on its way to its end.
  var leaving: Int32?

  /// Makes a failure.
  public init(
    _ code: String, _ message: String, argument: String? = nil, notes: [String] = [],
    help: String? = nil
  ) {
    self.code = code
    self.message = message
    self.argument = argument
    self.notes = notes
    self.help = help
  }

  /// The failure that a diagnostic tells of.
  public init(_ diagnostic: Diagnostic) {
    self.init(
      diagnostic.code, diagnostic.headline, notes: diagnostic.notes, help: diagnostic.help)
    self.diagnostic = diagnostic
  }

  /// The command was stopped by the user.
  public static let interrupted = Failure(Diagnostic.interruptedCode, "stopped")

  /// The session or script ends here, with a status, and as one that succeeded.
  public static func leaving(status: Int32) -> Failure {
    var failure = Failure("left", "the session was left")
    failure.leaving = status
    return failure
  }

  /// Whether the command was stopped by the user; such a failure cannot be caught.
  public var isInterruption: Bool { code == Diagnostic.interruptedCode }
}
