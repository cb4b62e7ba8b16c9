extension Resolver {
  mutating func resolve(_ node: NameNode) {
    if let (binding, _) = find(node) { node.binding = binding }
  }

  /// What a name names, and whether it is known to be callable by its name alone; nil, with a
  /// complaint, when it names nothing.
  mutating func find(_ node: NameNode) -> (Binding, isCommand: Bool)? {
    let name = node.name
    if let (variable, binding) = context.find(name) {
      variable.isUsed = true
      return (binding, variable.isFunction)
    }
    if name == "_" { return (.lastShown, false) }
    let isTop = context.outer == nil
    if let isFunction = declared[name], let cell = cell(name) {
      return (.session(cell, name: name), isFunction)
    }
    if let cell = namespace.cells[name] {
      return (.session(cell, name: name), namespace.functions.contains(name))
    }
    if !isTop, let cell = newCells[name] {
      return (.session(cell, name: name), laterFunctions.contains(name))
    }
    if let value = constants[name] { return (.constant(value), false) }
    if let builtin = registry.command(name) { return (.builtin(builtin), true) }
    unknown(node)
    return nil
  }

  private func cell(_ name: String) -> Cell? { newCells[name] ?? namespace.cells[name] }

  private mutating func unknown(_ node: NameNode) {
    if hasEnoughProblems { return }
    if let place = places[node.name] {
      return complain(
        "used-before-definition", "`\(node.name)` is used before it is bound", node.span,
        also: [(place, "bound here")])
    }
    var help = advice(node.name)
    if node.name == "it" { help = "`it` is there only inside a block: `{ it + 1 }`" }
    if node.name == "L" { help = "an address begins with its layers: `L3`, `L2..4` or `L*`" }
    complain("unknown-name", "nothing is called `\(node.name)`", node.span, help: help)
  }

  /// What an unknown name may mean: what the host knows of it, the same thing under another name,
  /// or a name that is nearly this one.
  private func advice(_ name: String) -> String? {
    if let hint = host.hint(for: name) { return hint }
    let meant = registry.meant(by: name).prefix(3).map { "help \($0.name)" }
    if !meant.isEmpty { return "look at " + Suggestion.list(Array(meant)) }
    return Suggestion.help(for: name, among: visibleNames)
  }

  /// All names that can be used here.
  private var visibleNames: [String] {
    context.visibleNames + declared.keys + namespace.cells.keys + constants.keys + registry.names
  }

  mutating func resolve(_ node: AssignNode) {
    resolve(node.value)
    let name = node.name.name
    guard let (binding, _) = find(node.name) else { return }
    switch binding {
    case .local, .captured, .session: node.name.binding = binding
    default:
      complain(
        "cannot-assign", "`\(name)` cannot be given another value", node.name.span,
        help: "`let \(name) = …` makes a name of your own")
    }
  }
}
