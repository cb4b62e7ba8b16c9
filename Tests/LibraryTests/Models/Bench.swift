import Figures
import Foundation
import Language
import Library
import Synchronization
import TestSupport

/// A session with all commands, whose output is remembered as the text that a transcript would have.
struct Bench {
  let workbench: Workbench
  let interpreter: Interpreter
  let output = OutputText()

  init(
    settings: SessionSettings = SessionSettings(), arguments: [String] = [],
    folder: URL = SharedData.projectRoot
  ) {
    let interruption = Interruption()
    workbench = Workbench(settings: settings, interruption: interruption)
    interpreter = Interpreter(
      registry: Registry(Library.builtins(for: workbench)),
      host: SondeHost(workbench), output: output, interruption: interruption,
      options: Interpreter.Options(workingDirectory: folder.path, arguments: arguments))
  }

  /// Runs a source and gives what came of it.
  @discardableResult
  func run(_ text: String) -> Interpreter.Outcome {
    interpreter.run(Source(name: "test", text: text), mode: .script)
  }

  /// The value that a source shows last, as text, strings without quotes; the code and message of a
  /// failure.
  func text(_ source: String) -> String {
    let outcome = run(source)
    if let error = outcome.errors.first { return "\(error.code): \(error.headline)" }
    if case .string(let text)? = outcome.shown { return text }
    return outcome.shown.map { ValueText(.transcript).text($0) } ?? ""
  }

  /// The value that a source shows last.
  func value(_ source: String) -> Value? {
    let outcome = run(source)
    return outcome.isSuccess ? outcome.shown : nil
  }
}

/// An output that keeps everything as plain text.
final class OutputText: OutputSink {
  private let lines = Mutex("")

  /// What was written so far.
  var text: String { lines.withLock { $0 } }

  func show(_ value: Value, whole: Bool) { write(ValueText(.transcript).text(value) + "\n") }
  func write(_ text: String) { lines.withLock { $0 += text } }
  func warn(_ diagnostic: Diagnostic) { write("warning: \(diagnostic.headline)\n") }
}
