/// Why evaluation does not go on.
enum Stop: Error {
  /// Something failed.
  case raised(Raised)
  /// `break` on its way to its loop.
  case breaking
  /// `continue` on its way to its loop.
  case continuing
  /// `return` on its way to the function that it leaves.
  case returning(Unwinding)
  /// `exit` on its way to the end of the session or script, with its status.
  case leaving(Int32)
}

/// A failure on its way up.
final class Raised: Sendable {
  let diagnostic: Diagnostic

  init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }
}

/// A `return` with its value, and the call that it leaves.
final class Unwinding: @unchecked Sendable {
  let home: Frame
  let value: Value

  init(home: Frame, value: Value) {
    self.home = home
    self.value = value
  }
}

extension Failure {
  /// What passes through a built-in and is no failure of its own.
  var passing: Stop? {
    if let unwinding { return .returning(unwinding) }
    return leaving.map { .leaving($0) }
  }
}
