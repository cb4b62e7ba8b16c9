/// Ties every name in a source to what it names, before anything runs, and finds the names that
/// name nothing.
struct Resolver {
  let source: Source
  let registry: Registry
  let host: any Host
  let constants: [String: Value]
  let namespace: Namespace
  let entry: Int
  /// Whether calls of commands are held against what the commands take, as far as that is seen
  /// without running.
  var checksCalls = false
  /// The calls that something is piped into.
  var pipedCalls: Set<ObjectIdentifier> = []
  var problems: [Problem] = []
  var warnings: [Diagnostic] = []
  /// The cells of the names that the source binds at its top level, to be added when it resolves.
  var newCells: [String: Cell] = [:]
  /// The names bound at the top level so far, and whether `fn` did it.
  var declared: [String: Bool] = [:]
  /// Where names are bound at the top level first.
  var places: [String: Span] = [:]
  /// The names that `fn` binds at the top level.
  var laterFunctions: Set<String> = []
  var context = FunctionScope(nil, outer: nil)

  /// A resolved source: how many places its top level needs, and what it binds.
  struct Result {
    var slotCount = 0
    var problems: [Problem] = []
    var warnings: [Diagnostic] = []
    var newCells: [String: Cell] = [:]
    var functions: [String: Bool] = [:]
  }

  /// Resolves a whole source.
  static func resolve(
    _ body: Body, _ source: Source, registry: Registry, constants: [String: Value],
    namespace: Namespace, entry: Int, host: any Host, checksCalls: Bool = false
  ) -> Result {
    var resolver = Resolver(
      source: source, registry: registry, host: host, constants: constants, namespace: namespace,
      entry: entry, checksCalls: checksCalls)
    resolver.top(body)
    return Result(
      slotCount: resolver.context.slotCount, problems: resolver.problems,
      warnings: resolver.warnings, newCells: resolver.newCells, functions: resolver.declared)
  }

  private mutating func top(_ body: Body) {
    for statement in body.statements {
      guard let variable = statement.variable else { continue }
      if places[variable.name] == nil { places[variable.name] = variable.span }
      if variable.isFunction { laterFunctions.insert(variable.name) }
      let known = namespace.cells[variable.name] ?? newCells[variable.name]
      let cell = known ?? Cell(nil, entry: entry)
      if namespace.cells[variable.name] == nil { newCells[variable.name] = cell }
      variable.cell = cell
    }
    for statement in body.statements {
      resolve(statement)
      if let variable = statement.variable { declared[variable.name] = variable.isFunction }
    }
  }

  /// Whether so much is wrong that more would not help.
  var hasEnoughProblems: Bool { problems.count >= 30 }

  mutating func complain(
    _ code: String, _ headline: String, _ span: Span, help: String? = nil,
    also: [(Span, String)] = []
  ) {
    if hasEnoughProblems { return }
    let labels =
      [Diagnostic.Label(Location(source, span), "")]
      + also.map { Diagnostic.Label(Location(source, $0.0), $0.1, isPrimary: false) }
    problems.append(Problem(Diagnostic(code, headline, labels: labels, help: help)))
  }
}

extension Statement {
  /// The name that the statement binds.
  var variable: Variable? {
    switch self {
    case .binding(let node): node.variable
    case .function(let node): node.variable
    case .module(let node): node.variable
    default: nil
    }
  }
}

/// The variables of one function while it is resolved.
final class FunctionScope {
  let node: FunctionNode?
  let outer: FunctionScope?
  var scopes: [[String: Variable]] = []
  var slotCount = 0
  var loopDepth = 0
  var captures: [Capture] = []
  var needsCells = false
  private var places: [ObjectIdentifier: Int] = [:]

  init(_ node: FunctionNode?, outer: FunctionScope?) {
    self.node = node
    self.outer = outer
  }

  func declare(_ variable: Variable) {
    variable.slot = slotCount
    slotCount += 1
    if scopes.isEmpty { scopes.append([:]) }
    scopes[scopes.count - 1][variable.name] = variable
  }

  /// The variable of a name here or in the functions around, and how it is reached from here.
  func find(_ name: String) -> (Variable, Binding)? {
    for scope in scopes.reversed() {
      if let variable = scope[name] { return (variable, .local(variable)) }
    }
    guard let (variable, binding) = outer?.find(name) else { return nil }
    return (variable, .captured(capture(variable, binding)))
  }

  private func capture(_ variable: Variable, _ binding: Binding) -> Int {
    if let place = places[ObjectIdentifier(variable)] { return place }
    switch binding {
    case .captured(let place): captures.append(.captured(place))
    default:
      variable.isCaptured = true
      outer?.needsCells = true
      captures.append(.local(variable))
    }
    places[ObjectIdentifier(variable)] = captures.count - 1
    return captures.count - 1
  }

  /// All names that can be seen from here.
  var visibleNames: [String] {
    scopes.flatMap(\.keys) + (outer?.visibleNames ?? [])
  }

  /// Whether a function with a name lies around.
  var isInsideFunction: Bool { node?.form == .named || (outer?.isInsideFunction ?? false) }
}
