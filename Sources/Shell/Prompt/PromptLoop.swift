import Foundation
import Language

/// The session at a terminal: reads an entry, runs it, until the user leaves.
final class PromptLoop: EditingAssistant {
  private let program: Program
  private let invocation: Invocation
  private let session: Session
  private let journal: JournalWriter?
  private let history: HistoryFile?
  /// What is said of a session that broke off.
  private let offer: String?
  private let isColoured: Bool
  private var isHistoryLost = false

  init(program: Program, invocation: Invocation) {
    self.program = program
    self.invocation = invocation
    Signals.install(isInteractive: true)
    let environment = ProcessInfo.processInfo.environment
    let state = StateFolder(environment: environment)
    let header = DocumentHeader(
      version: program.version, options: DocumentHeader.options(of: invocation))
    let keeps = !invocation.isReadOnly
    let journals = JournalFolder(path: state.journals)
    offer = keeps ? journals.offer : nil
    journal = keeps ? Self.journal(in: state, header) : nil
    history = keeps && StateFolder.make(state.path) ? HistoryFile(path: state.history) : nil
    if keeps { journals.prune() }
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
      options: invocation.interpreterOptions,
      interruption: Signals.interruption, screen: screen, journal: journal)
  }

  /// Reads and runs until the end.
  ///
  /// Gives the exit status.
  func run() -> Int32 {
    let asked = { Signals.takeRequest() }
    guard let editor = LineEditor(assistant: self, wake: Signals.wake, wasInterrupted: asked)
    else {
      StandardStream.error.write("sonde: the terminal cannot be set up\n")
      return 1
    }
    greet()
    for entry in history?.entries() ?? [] { editor.remember(entry) }
    while true {
      let sign = self.sign
      switch editor.read(prompt: coloured(sign), width: DisplayWidth.of(sign)) {
      case .interrupted: continue
      case .end: return leave(0)
      case .entry(let text): if let status = run(text, editor) { return leave(status) }
      }
    }
  }

  private func leave(_ status: Int32) -> Int32 {
    journal?.close(isEmpty: session.record.all.isEmpty)
    return status
  }

  /// Runs an entry; gives the status when it leaves the session.
  private func run(_ text: String, _ editor: LineEditor) -> Int32? {
    if text.allSatisfy(\.isWhitespace) { return nil }
    editor.remember(text)
    do throws(Failure) { try history?.add(text) } catch {
      if !isHistoryLost { Self.say("the history cannot be written: \(error.message)") }
      isHistoryLost = true
    }
    Signals.clear()
    let outcome = session.run(entry: text, mode: text.contains("\n") ? .paste : .entry)
    Signals.clear()
    return outcome.leaving
  }

  /// The journal of the session; says why where there can be none.
  private static func journal(in state: StateFolder, _ header: DocumentHeader) -> JournalWriter? {
    do throws(Failure) {
      return try JournalWriter(folder: state.journals, header: header) { say($0) }
    } catch {
      say("this session is not kept, because its journal cannot be written: \(error.message)")
      return nil
    }
  }

  private static func say(_ message: String) {
    StandardStream.output.flush()
    StandardStream.error.write("sonde: \(message)\n")
  }

  private func greet() {
    guard !invocation.isQuiet, !invocation.isJSON else { return }
    let leaving = "`help` lists the commands, `help keys` the keys, `exit` leaves"
    let lines = ["sonde \(program.version): \(leaving)", program.firstWords, offer ?? ""]
    let width = Terminal.style(for: .output, isRefused: invocation.hasNoColour).width
    let wrapped = lines.filter { !$0.isEmpty }.flatMap { DisplayWidth.wrapped($0, to: width) }
    StandardStream.output.write(wrapped.map { $0 + "\n" }.joined())
  }

  /// Model and interventions before the sign.
  private var sign: String {
    let status = VisibleText.line(session.engine.status())
    return (status.isEmpty ? "sonde" : status) + "> "
  }

  /// A colour must end before the last space.
  private func coloured(_ sign: String) -> String {
    isColoured ? "\u{1}\u{1B}[36m\u{1}\(sign.dropLast())\u{1}\u{1B}[0m\u{1} " : sign
  }

  // MARK: Editing

  func readiness(of text: String) -> Readiness {
    switch session.interpreter.completeness(of: text) {
    case .complete, .invalid: .ready
    case .incomplete: .open
    case .faulty(let fault): .faulty(DiagnosticText(isColoured: isColoured).text(fault))
    }
  }

  func completion(_ text: String, cursor: Int) -> Completion {
    completer.completion(text, cursor: cursor)
  }

  func hint(_ text: String, cursor: Int) -> String { completer.hint(text, cursor: cursor) }

  private var completer: Completer {
    Completer(
      registry: session.interpreter.registry,
      bindings: session.interpreter.bindings
        + (session.interpreter.lastShown.map { [("_", $0)] } ?? []),
      source: session.engine.completions,
      folder: session.interpreter.options.workingDirectory)
  }
}
