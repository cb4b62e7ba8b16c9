/// A failure as a value: what `catch` binds.
public final class ErrorValue: Sendable {
  /// The diagnostic that would have been shown.
  public let diagnostic: Diagnostic

  /// Makes an error value.
  public init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }

  /// The kind of failure, in kebab case.
  public var code: String { diagnostic.code }
  /// What could not be done.
  public var message: String { diagnostic.headline }
  /// The line on which it happened, counted from 1; 0 where there is none.
  public var line: Int { diagnostic.location?.line ?? 0 }
}
