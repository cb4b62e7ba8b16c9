import Language

/// An interpreter with the shell's own commands and a record of what was entered.
final class Session {
  let engine: Engine
  let record: SessionRecord
  let interpreter: Interpreter
  private let output: RecordingOutput

  /// Makes a session that shows on `screen`, where there is one.
  init(
    _ engine: Engine, header: DocumentHeader, options: Interpreter.Options,
    interruption: Interruption, screen: (any ShellOutput)?, journal: JournalWriter? = nil
  ) {
    self.engine = engine
    record = SessionRecord(journal: journal)
    let documents = SessionDocuments(
      record: record, header: header, writesNothing: options.scratchDirectory != nil)
    output = RecordingOutput(record, screen: screen)
    interpreter = Interpreter(
      registry: Registry(engine.commands + documents.commands), host: engine.host, output: output,
      interruption: interruption, options: options)
  }

  /// Runs an entry of the prompt or of a document.
  func run(entry text: String, mode: Interpreter.Mode = .entry) -> Interpreter.Outcome {
    run(Source(name: "entry \(record.nextNumber)", text: text), mode: mode)
  }

  /// Runs a source: recorded before it runs, errors shown.
  func run(_ source: Source, mode: Interpreter.Mode) -> Interpreter.Outcome {
    record.begin(source.text)
    let outcome = interpreter.run(source, mode: mode)
    for diagnostic in outcome.errors { output.report(diagnostic) }
    record.end(isSuccess: outcome.isSuccess)
    output.finish()
    return outcome
  }
}
