/// A fault in a text, on its way from where it was found to the list of faults.
final class Problem: Error, Sendable {
  let diagnostic: Diagnostic
  /// Whether more text could mend it: something is open, or the end came where more is needed.
  let isIncomplete: Bool

  init(_ diagnostic: Diagnostic, isIncomplete: Bool = false) {
    self.diagnostic = diagnostic
    self.isIncomplete = isIncomplete
  }

  /// The first fault of each line: those behind it often only follow from it.
  static func firstOfLines(_ problems: [Problem]) -> [Diagnostic] {
    var lines: Set<Int> = []
    return problems.map(\.diagnostic).filter { lines.insert($0.location?.line ?? 0).inserted }
  }
}
