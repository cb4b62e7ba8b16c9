/// A fault in a text, on its way from where it was found to the list of faults.
final class Problem: Error, Sendable {
  let diagnostic: Diagnostic
  /// Whether more text could mend it: something is open, or the end came where more is needed.
  let isIncomplete: Bool

  init(_ diagnostic: Diagnostic, isIncomplete: Bool = false) {
    self.diagnostic = diagnostic
    self.isIncomplete = isIncomplete
  }
}
