/// A name that a source binds: by `let`, `fn`, a parameter, a loop, `catch` or `import`.
final class Variable: @unchecked Sendable {
  let name: String
  let span: Span
  // The following are written by the resolver, before anything runs.
  /// The place in the frame of a call; unused for a name of the session.
  var slot = -1
  /// Whether a function made inside uses it, so that it needs a cell that outlives the call.
  var isCaptured = false
  /// Whether anything uses it.
  var isUsed = false
  /// Whether `fn` declares it.
  var isFunction = false
  /// The session's cell, where it is a name of the session.
  var cell: Cell?

  init(_ name: String, _ span: Span) {
    self.name = name
    self.span = span
  }
}

/// What a name was found to name.
enum Binding: Sendable {
  case unresolved
  /// A variable of the function itself.
  case local(Variable)
  /// A variable of a function around it, by its place among the captures.
  case captured(Int)
  /// A name of the session, or of an imported file.
  case session(Cell, name: String)
  /// A command.
  case builtin(Builtin)
  /// A name that is bound from the start.
  case constant(Value)
  /// `_`.
  case lastShown
}

/// Where a function finds, when it is made, a variable that it uses from outside.
enum Capture: Sendable {
  /// In the frame of the function around it.
  case local(Variable)
  /// Among the captures of the function around it.
  case captured(Int)
}
