extension Evaluator {
  /// Checks an assertion; a failure shows the source and, for a comparison, both sides' values.
  func check(_ node: AssertNode, _ frame: Frame) throws(Stop) {
    var labels: [Diagnostic.Label] = []
    var condition = node.condition
    while case .group(let group) = condition { condition = group.inner }
    if case .comparison(let comparison) = condition {
      let left = try evaluate(comparison.left, frame)
      let right = try evaluate(comparison.right, frame)
      if case .bool(true) = try compare(comparison, left, right, frame) { return }
      labels = [
        label(comparison.left.span, left, frame, isPrimary: true),
        label(comparison.right.span, right, frame, isPrimary: true),
      ]
    } else {
      if try self.condition(condition, frame, "`assert`") { return }
      labels = [.init(Location(frame.source, condition.span), "this is false")]
    }
    var headline = "the assertion does not hold"
    if let message = node.message { headline = try evaluate(message, frame).plainText }
    throw .raised(Raised(Diagnostic("assertion-failed", headline, labels: labels)))
  }
}
