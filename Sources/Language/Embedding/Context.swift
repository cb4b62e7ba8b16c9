/// What a built-in may use besides its arguments.
///
/// It belongs to the evaluating thread: a built-in that works on several threads may look at
/// `interruption` on each, and calls functions on the one that called it.
public struct Context: Sendable {
  let evaluator: Evaluator
  /// Where the call stands.
  public let location: Location?
  /// Whether an argument came through a pipe.
  public let isPiped: Bool

  init(evaluator: Evaluator, location: Location?, isPiped: Bool = false) {
    self.evaluator = evaluator
    self.location = location
    self.isPiped = isPiped
  }

  /// The flag that every loop of a built-in must look at: `try context.interruption.check()`.
  public var interruption: Interruption { evaluator.interruption }
  /// Where output goes.
  public var output: any OutputSink { evaluator.output }
  /// The commands, for `help` and its like.
  public var registry: Registry { evaluator.registry }
  /// The settings of the interpreter.
  public var options: Interpreter.Options { evaluator.options }

  /// Calls a function with positional arguments.
  public func call(_ function: FunctionValue, _ arguments: [Value]) throws(Failure) -> Value {
    try evaluator.call(function, arguments, from: location)
  }

  /// Takes `count` turns, looking at the interruption before each; the outermost loop says how far it
  /// has come under its label.
  public func loop(
    _ count: Int, _ label: String, _ turn: (Int) throws(Failure) -> Void
  ) throws(Failure) {
    let isOutermost = evaluator.loopDepth == 0
    evaluator.loopDepth += 1
    defer { evaluator.loopDepth -= 1 }
    for place in 0..<count {
      try interruption.check()
      try turn(place)
      if isOutermost { output.progress(place + 1, of: count, label) }
    }
  }

  /// Displays a value, which then is `_`; `whole` when nothing may be cut.
  public func show(_ value: Value, whole: Bool = false) {
    evaluator.display(value, whole: whole)
  }

  /// Writes a line of text.
  public func print(_ text: String) { output.write(text + "\n") }

  /// Warns, with a label at the call.
  public func warn(_ code: String, _ message: String, notes: [String] = [], help: String? = nil) {
    let labels = location.map { [Diagnostic.Label($0, "")] } ?? []
    output.warn(
      Diagnostic(
        code, message, severity: .warning, labels: labels, notes: notes, help: help))
  }

  /// The name and value of everything that the session has bound, in the order of the names.
  public var bindings: [(String, Value)] { evaluator.session.bindings }
}
