extension Resolver {
  /// Complains of a call whose arguments cannot be sorted into a command's parameters.
  mutating func check(_ node: CallNode) {
    guard case .name(let callee) = node.callee, case .builtin(let builtin) = callee.binding else {
      return
    }
    let isPiped = pipedCalls.contains(ObjectIdentifier(node))
    var open = builtin.parameters.filter { !(isPiped && $0.role == .piped) }
    for argument in node.arguments {
      guard let name = argument.name else { continue }
      guard let place = open.firstIndex(where: { $0.name == name }) else {
        return complain("unknown-argument", "there is no parameter `\(name)`", node.span)
      }
      open.remove(at: place)
    }
    for argument in node.arguments where argument.name == nil {
      guard let place = open.firstIndex(where: \.isPositional) else {
        return complain("too-many-arguments", "there are too many arguments", node.span)
      }
      if open[place].role != .rest { open.remove(at: place) }
    }
    if let missing = open.first(where: \.isRequired) {
      complain("missing-argument", "`\(missing.name)` is missing", node.span)
    }
  }
}
