/// Runs resolved syntax trees.
///
/// One thread evaluates at a time.
final class Evaluator: @unchecked Sendable {
  let registry: Registry
  let host: any Host
  let output: any OutputSink
  let interruption: Interruption
  let options: Interpreter.Options
  let session: Session
  let constants: [String: Value]
  let reaper = Reaper()
  /// How many calls of functions lie in one another.
  var callDepth = 0
  /// How many `for` loops lie in one another.
  var loopDepth = 0
  private var room: DeepStack.Room?

  /// The most calls in one another.
  static let deepestCalls = 1_000

  init(
    registry: Registry, host: any Host, output: any OutputSink, interruption: Interruption,
    options: Interpreter.Options
  ) {
    self.registry = registry
    self.host = host
    self.output = output
    self.interruption = interruption
    self.options = options
    session = Session()
    let words: [(String, Value)] = [
      ("NaN", .number(.nan)), ("Infinity", .number(.infinity)),
      ("args", .list(List(options.arguments.map { .string($0) }))),
    ]
    constants = Dictionary(words + host.constants, uniquingKeysWith: { _, last in last })
  }

  /// Takes the stack that the next source runs on, and says once when it is smaller than it should
  /// be.
  func use(_ room: DeepStack.Room) {
    if room.isShort, self.room?.isShort != true {
      output.warn(
        Diagnostic(
          "small-stack",
          "the system gives a stack of \(room.size >> 20) MB instead of "
            + "\(DeepStack.wanted >> 20) MB",
          severity: .warning,
          help: "fewer calls can lie in one another; limits of memory or threads "
            + "(`ulimit -v`, `ulimit -u`) stand in the way"))
    }
    self.room = room
  }

  /// Refuses a call inside too many others.
  func checkDepth() throws(Failure) {
    if callDepth >= Self.deepestCalls {
      throw Failure(
        "too-many-calls", "more than \(Self.deepestCalls) calls lie in one another",
        help: "a function that calls itself needs a case in which it does not")
    }
    if let room, !room.hasRoom {
      throw Failure(
        "too-many-calls",
        "\(callDepth) calls lie in one another, and the stack of \(room.size >> 20) MB has no room "
          + "for more",
        help: "raise the limits of memory and threads, such as `ulimit -v`")
    }
  }

  /// Runs the top level of a source, showing what its expression statements give.
  func run(_ body: Body, _ source: Source, slotCount: Int, showing: Bool) throws(Stop) {
    let frame = Frame(source, slotCount: slotCount)
    for statement in body.statements {
      let value = try execute(statement, frame)
      guard showing, case .expression(let node) = statement, !node.isQuiet else { continue }
      if case .null = value { continue }
      display(value, whole: false)
    }
  }

  func display(_ value: Value, whole: Bool) {
    session.lastShown = value
    session.showCount += 1
    output.show(value, whole: whole)
  }

  /// A failure at a place.
  func failure(
    _ code: String, _ headline: String, _ span: Span, _ frame: Frame, label: String = "",
    notes: [String] = [], help: String? = nil
  ) -> Stop {
    .raised(
      Raised(
        Diagnostic(
          code, headline, labels: [.init(Location(frame.source, span), label)], notes: notes,
          help: help)))
  }

  func checkInterruption(_ span: Span, _ frame: Frame) throws(Stop) {
    if interruption.isRequested {
      throw failure(Diagnostic.interruptedCode, "stopped", span, frame)
    }
  }

  /// A failure of a host's or a value's own at a place.
  func stop(_ failure: Failure, _ span: Span, _ frame: Frame) -> Stop {
    if let passing = failure.passing { return passing }
    if let diagnostic = failure.diagnostic, !diagnostic.labels.isEmpty {
      return .raised(Raised(diagnostic))
    }
    return self.failure(
      failure.code, failure.message, span, frame, notes: failure.notes, help: failure.help)
  }

  /// Fails when a value nests too deeply.
  func checked(_ value: Value, _ span: Span, _ frame: Frame) throws(Stop) -> Value {
    if value.depth > Value.deepest {
      throw failure(
        "too-deep", "the value nests more than \(Value.deepest) levels deep", span, frame,
        help: "keep the parts in one flat list")
    }
    return value
  }
}
