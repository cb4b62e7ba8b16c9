extension Evaluator {
  func pipeline(_ node: PipelineNode, _ frame: Frame) throws(Stop) -> Value {
    var value = try evaluate(node.first, frame)
    var span = node.first.span
    for stage in node.stages {
      let piped = Arguments.Passed(value: value, location: Location(frame.source, span))
      if case .call(let call) = stage {
        value = try self.call(call, piped: piped, frame)
      } else {
        let callee = try evaluate(stage, frame)
        guard let function = callee.function else {
          throw failure(
            "not-callable", "\(callee.kindWithArticle) cannot be called", stage.span, frame,
            label: "this is \(callee.text(limit: 40))",
            help: "what stands behind `|` is called with what comes before it")
        }
        value = try call(function, Arguments(piped: piped), stage.span, frame)
      }
      span = stage.span
      try checkInterruption(span, frame)
    }
    return value
  }
}
