extension Evaluator {
  func field(_ node: FieldNode, _ frame: Frame) throws(Stop) -> Value {
    let base = try evaluate(node.base, frame)
    if case .host(let host) = base {
      let found = try hosted(node.span, frame) { () throws(Failure) in
        try host.field(node.name)
      }
      if let found { return found }
    } else if let value = base.field(node.name) {
      return value
    }
    var help = Suggestion.help(for: node.name, among: base.fieldNames)
    let named = registry.command(node.name).map { [$0] } ?? registry.meant(by: node.name)
    if let command = named.first(where: { $0.piped != nil }), named.count == 1 {
      let before = frame.source.text(of: node.base.span)
      let isEnough = command.parameters.allSatisfy { !$0.isRequired || $0.role == .piped }
      help =
        isEnough && !before.contains("\n")
        ? "\(before) | \(command.name)" : "`\(command.name)` is a command: `help \(command.name)`"
    }
    if case .function(let function) = base, help == nil {
      help = "`\(function.name)` is the command itself; `\(function.name)()` calls it"
    }
    throw failure(
      "unknown-field", "\(base.kindWithArticle) has no field `\(node.name)`", node.nameSpan, frame,
      help: help)
  }

  func narrow(_ node: NarrowNode, _ frame: Frame) throws(Stop) -> Value {
    let base = try evaluate(node.base, frame)
    let position = try self.position(node.position, frame)
    return try hosted(node.span, frame) { () throws(Failure) in
      try host.narrow(base, by: position)
    }
  }

  func index(_ node: IndexNode, _ frame: Frame) throws(Stop) -> Value {
    let base = try evaluate(node.base, frame)
    if case .tensor(let tensor) = base { return try index(tensor, node, frame) }
    var value = base
    for pick in node.picks {
      if let axis = pick.axis {
        throw failure(
          "wrong-type", "\(value.kindWithArticle) has no axes", pick.index.span, frame,
          help: "leave out `\(axis):`")
      }
      let key = try evaluate(pick.index, frame)
      let current = value
      value = try hosted(pick.index.span, frame) { () throws(Failure) in
        try current.element(at: key)
      }
    }
    return value
  }

  private func index(
    _ tensor: TensorValue, _ node: IndexNode, _ frame: Frame
  ) throws(Stop) -> Value {
    var result = tensor
    var next = 0
    for pick in node.picks {
      let key = try evaluate(pick.index, frame)
      result = try hosted(pick.index.span, frame) { () throws(Failure) in
        var axis = next
        if let name = pick.axis {
          guard let place = result.axisIndex(name) else {
            throw Failure(
              "unknown-axis", "the tensor has no axis `\(name)`",
              help: Suggestion.help(for: name, among: result.axes.map(\.name)))
          }
          axis = place
        } else if next >= result.axes.count {
          throw Failure(
            "index-out-of-range", "the tensor has no further axis",
            help: "it is \(tensor.shapeText)")
        }
        let picked = try result.picking(try TensorValue.pick(key), axis: axis)
        if picked.axes.count == result.axes.count, pick.axis == nil { next = axis + 1 }
        return picked
      }
    }
    return result.value
  }
}
