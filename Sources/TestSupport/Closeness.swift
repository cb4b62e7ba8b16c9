import Testing

/// Expects two lists of numbers to be equal up to `absolute`, or up to `relative` times the expected
/// number where that is more; NaN equals NaN, and infinities equal themselves.
///
/// The counts are compared first. A failure names the place where the difference exceeds what is
/// allowed by most.
public func expectClose<Number: BinaryFloatingPoint>(
  _ found: [Number], _ expected: [Number], absolute: Number = 0, relative: Number = 0,
  _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
) {
  guard found.count == expected.count else {
    Issue.record(
      "\(found.count) numbers where \(expected.count) were expected. \(comment?.rawValue ?? "")",
      sourceLocation: sourceLocation)
    return
  }
  var worst: (index: Int, excess: Number)?
  var failures = 0
  for (index, (number, wanted)) in zip(found, expected).enumerated() {
    if number == wanted || (number.isNaN && wanted.isNaN) { continue }
    let difference = (number - wanted).magnitude
    let allowed = max(absolute, relative * wanted.magnitude)
    // Written so that a NaN on one side fails.
    if difference <= allowed && difference.isFinite { continue }
    failures += 1
    let excess = difference.isNaN ? .infinity : difference - allowed
    if worst.map({ excess > $0.excess }) ?? true { worst = (index, excess) }
  }
  guard let worst else { return }
  let number = found[worst.index]
  let wanted = expected[worst.index]
  Issue.record(
    """
    \(failures) of \(found.count) numbers differ; worst at \(worst.index): \(number) where \(wanted) \
    was expected (absolute \(absolute), relative \(relative)). \(comment?.rawValue ?? "")
    """, sourceLocation: sourceLocation)
}
