extension Evaluator {
  /// Runs a body while effects hold.
  ///
  /// However the body is left, the effects that began are taken back, the last one first.
  func with(_ node: WithNode, _ frame: Frame) throws(Stop) -> Value {
    var scopes: [Scope] = []
    defer { for scope in scopes.reversed() { scope.end() } }
    for head in node.heads {
      try enter(try evaluate(head, frame), head.span, frame, &scopes)
    }
    return try execute(node.body, frame)
  }

  private func enter(
    _ value: Value, _ span: Span, _ frame: Frame, _ scopes: inout [Scope]
  ) throws(Stop) {
    switch value {
    case .list(let list):
      for element in list { try enter(element, span, frame, &scopes) }
      return
    case .host(let host):
      let context = Context(evaluator: self, location: Location(frame.source, span))
      let entered = try hosted(span, frame) { () throws(Failure) in try host.enter(context) }
      if let entered {
        scopes.append(entered)
        return
      }
    default: break
    }
    var help: String?
    if case .function(let function) = value { help = "with \(function.name)(…) { … }" }
    throw failure(
      "no-scope", "`with` cannot hold \(value.kindWithArticle)", span, frame, help: help)
  }
}
