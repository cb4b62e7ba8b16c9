import Language

/// Shows each value as one JSON object on a line of standard output.
final class JSONOutput: OutputSink {
  func show(_ value: Value, whole: Bool) {
    StandardStream.output.write(value.displayJSON.text + "\n")
  }

  func write(_ text: String) {
    let object = JSON.object([("kind", .string("text")), ("value", .string(text))])
    StandardStream.output.write(object.text + "\n")
  }

  func warn(_ diagnostic: Diagnostic) { report(diagnostic) }

  func report(_ diagnostic: Diagnostic) {
    StandardStream.output.flush()
    StandardStream.error.write(diagnostic.json.text + "\n")
  }

  func finish() { StandardStream.output.flush() }
}
