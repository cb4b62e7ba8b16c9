import Figures
import Language

/// Records everything in plain text, as a transcript has it, before it is shown.
final class RecordingOutput: ShellOutput {
  private let record: SessionRecord
  private let screen: (any ShellOutput)?

  /// Records, and shows on `screen` where there is one.
  init(_ record: SessionRecord, screen: (any ShellOutput)?) {
    self.record = record
    self.screen = screen
  }

  func show(_ value: Value, whole: Bool) {
    let style = whole ? RenderStyle.transcript.whole : .transcript
    record.append(ValueText(style).text(value) + "\n")
    screen?.show(value, whole: whole)
  }

  func write(_ text: String) {
    record.append(text)
    screen?.write(text)
  }

  func write(fitting layout: (Int) -> String) {
    record.append(layout(RenderStyle.transcript.width))
    screen?.write(fitting: layout)
  }

  func warn(_ diagnostic: Diagnostic) {
    record.append(DiagnosticText().text(diagnostic) + "\n")
    screen?.warn(diagnostic)
  }

  func report(_ diagnostic: Diagnostic) {
    record.append(DiagnosticText().text(diagnostic) + "\n")
    screen?.report(diagnostic)
  }

  func confirm(_ question: String) -> Bool? { screen?.confirm(question) }

  func progress(_ done: Int, of total: Int, _ label: String) {
    screen?.progress(done, of: total, label)
  }

  func finish() { screen?.finish() }
}
