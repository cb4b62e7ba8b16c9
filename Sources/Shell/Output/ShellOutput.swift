import Language

/// An output that shows errors too and knows when a source has ended.
protocol ShellOutput: OutputSink {
  /// Shows an error.
  func report(_ diagnostic: Diagnostic)
  /// Ends what one source has shown.
  func finish()
}

extension TextOutput: ShellOutput {}
extension JSONOutput: ShellOutput {}
