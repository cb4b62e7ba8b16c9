/// What a built-in may use besides its arguments.
public struct Context: Sendable {
  /// The flag that every loop of a built-in must look at: `try context.interruption.check()`.
  public let interruption: Interruption
  /// Where output goes.
  public let output: any OutputSink
  /// The commands, for `help` and its like.
  public let registry: Registry
  /// The settings of the interpreter.
  public let options: Interpreter.Options
  /// Where the call stands.
  public let location: Location?
  /// Whether the call's first argument came through a pipe.
  public let isPiped: Bool
  let evaluator: Evaluator

  /// Calls a function. A block that names one parameter fewer or more than there are arguments
  /// fails as it would in a call.
  public func call(_ function: FunctionValue, _ arguments: [Value]) throws(Failure) -> Value {
    try evaluator.call(function, arguments, from: location)
  }

  /// Displays a value, which then is `_`; `whole` when nothing may be cut.
  public func show(_ value: Value, whole: Bool = false) {
    evaluator.display(value, whole: whole)
  }

  /// Writes a line of text.
  public func print(_ text: String) { output.write(text + "\n") }

  /// Warns with a label at the call.
  public func warn(_ code: String, _ message: String, help: String? = nil) {
    let labels = location.map { [Diagnostic.Label($0, "")] } ?? []
    output.warn(
      Diagnostic(code, message, severity: .warning, labels: labels, help: help))
  }

  /// The name and value of everything that the session has bound.
  public var bindings: [(String, Value)] { evaluator.session.bindings }
}
