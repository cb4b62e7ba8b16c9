import Foundation
import Language

/// The session at a terminal: reads an entry, runs it, until the user leaves.
final class PromptLoop: EditingAssistant {
  private let program: Program
  private let invocation: Invocation
  private let session: Session
  private let journal: JournalWriter?
  private let history: HistoryFile?
  private let isColoured: Bool

  init(program: Program, invocation: Invocation) {
    self.program = program
    self.invocation = invocation
    Signals.install(isInteractive: true)
    let environment = ProcessInfo.processInfo.environment
    let state = StateFolder(environment: environment)
    let header = DocumentHeader(
      version: program.version, options: DocumentHeader.options(of: invocation))
    let keeps = !invocation.isReadOnly
    journal = keeps ? JournalWriter(folder: state.journals, header: header) : nil
    history = keeps && StateFolder.make(state.path) ? HistoryFile(path: state.history) : nil
    if keeps { JournalFolder(path: state.journals).prune() }
    let style = Terminal.style(for: .output, isRefused: invocation.hasNoColour)
    isColoured = style.colour != .none
    let screen: any ShellOutput =
      invocation.isJSON
      ? JSONOutput()
      : TextOutput(
        isColourRefused: invocation.hasNoColour, isQuiet: invocation.isQuiet,
        pager: Pager(environment: environment, interruption: Signals.interruption))
    session = Session(
      program.makeEngine(EngineSettings(invocation)), header: header,
      options: Interpreter.Options(
        isReadOnly: invocation.isReadOnly, arguments: invocation.arguments),
      interruption: Signals.interruption, screen: screen, journal: journal)
  }

  /// Reads and runs until the end.
  ///
  /// Gives the exit status.
  func run() -> Int32 {
    let asked = { Signals.takeRequest() }
    guard let editor = LineEditor(assistant: self, wasInterrupted: asked) else {
      StandardStream.error.write("sonde: the terminal cannot be set up\n")
      return 1
    }
    greet()
    for entry in history?.entries() ?? [] { editor.remember(entry) }
    while true {
      switch editor.read(prompt: prompt) {
      case .interrupted: continue
      case .end:
        journal?.close(isEmpty: session.record.all.isEmpty)
        return 0
      case .entry(let text): run(text, editor)
      }
    }
  }

  private func run(_ text: String, _ editor: LineEditor) {
    if text.allSatisfy(\.isWhitespace) { return }
    editor.remember(text)
    history?.add(text)
    Signals.clear()
    _ = session.run(entry: text, mode: text.contains("\n") ? .paste : .entry)
    Signals.clear()
  }

  private func greet() {
    guard !invocation.isQuiet, !invocation.isJSON else { return }
    StandardStream.output.write(
      "sonde \(program.version): `help` lists the commands, Ctrl-D leaves\n")
  }

  /// Model and interventions before the sign; a colour must end before the last space.
  private var prompt: String {
    let status = session.engine.status()
    let text = (status.isEmpty ? "sonde" : status) + ">"
    return isColoured ? "\u{1}\u{1B}[36m\u{1}\(text)\u{1}\u{1B}[0m\u{1} " : text + " "
  }

  // MARK: Editing

  func isReady(_ text: String) -> Bool {
    session.interpreter.completeness(of: text) != .incomplete
  }

  func completion(_ text: String, cursor: Int) -> Completion {
    completer.completion(text, cursor: cursor)
  }

  func hint(_ text: String, cursor: Int) -> String { completer.hint(text, cursor: cursor) }

  private var completer: Completer {
    Completer(
      registry: session.interpreter.registry, bindings: session.interpreter.bindings,
      source: session.engine.completions,
      folder: session.interpreter.options.workingDirectory)
  }
}
