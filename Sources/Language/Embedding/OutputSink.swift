/// Where what a program shows goes.
///
/// Calls come from the thread that evaluates.
public protocol OutputSink: Sendable {
  /// A value that an expression statement or `show` displays; `whole` when nothing may be cut.
  func show(_ value: Value, whole: Bool)
  /// Text, as `print` and streaming commands give it: as it is, without a line break added.
  func write(_ text: String)
  /// Text that `layout` fits to a number of columns.
  func write(fitting layout: (Int) -> String)
  /// A warning.
  func warn(_ diagnostic: Diagnostic)
  /// How far a long command has come; `total` 0 when it cannot tell.
  func progress(_ done: Int, of total: Int, _ label: String)
  /// Asks somebody a question whose answer is yes or no; nil where nobody is there to answer.
  func confirm(_ question: String) -> Bool?
}

extension OutputSink {
  /// The text at the width of a transcript.
  public func write(fitting layout: (Int) -> String) { write(layout(100)) }

  /// Ignores it.
  public func progress(_ done: Int, of total: Int, _ label: String) {}

  /// Nobody is there.
  public func confirm(_ question: String) -> Bool? { nil }
}
