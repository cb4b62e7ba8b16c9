import Foundation
import Language

/// Runs a script to its end or to its first error.
struct ScriptRunner {
  let program: Program
  let invocation: Invocation

  /// Runs a file.
  ///
  /// Gives the exit status.
  func run(file path: String) -> Int32 {
    switch FileText.bytes(path, limit: Source.largestSize) {
    case .success(let bytes):
      if let fault = Self.documentFault(path) {
        report(fault)
        return 1
      }
      let folder = (path as NSString).deletingLastPathComponent
      return run(Source(name: path, bytes: bytes, folder: folder.isEmpty ? "." : folder))
    case .failure(let problem):
      report(Diagnostic("cannot-read", problem.message, help: problem.help))
      return 1
    }
  }

  /// What is said of a document that is run as a script.
  static func documentFault(_ path: String) -> Diagnostic? {
    let ending = (path as NSString).pathExtension.lowercased()
    guard ["md", "markdown"].contains(ending) else { return nil }
    return Diagnostic(
      "not-a-script", "`\(path)` is a Markdown document, not a script",
      help: "`sonde replay \(path)` runs its `probe` blocks again and shows what differs")
  }

  /// Runs all of standard input.
  func runStandardInput() -> Int32 {
    switch FileText.standardInput(limit: Source.largestSize) {
    case .success(let bytes): return run(Source(name: "standard input", bytes: bytes, folder: "."))
    case .failure(let problem):
      report(Diagnostic("cannot-read", problem.message, help: problem.help))
      return 1
    }
  }

  /// Runs a text from the command line.
  func run(code: String) -> Int32 { run(Source(name: "-e", text: code, folder: ".")) }

  private func run(_ source: Source) -> Int32 {
    Signals.install(isInteractive: false)
    let screen = makeScreen()
    let options = invocation.interpreterOptions
    let session = Session(
      program.makeEngine(EngineSettings(invocation)),
      header: DocumentHeader(
        version: program.version, options: DocumentHeader.options(of: invocation)),
      options: options, interruption: Signals.interruption, screen: screen)
    let outcome = session.run(source, mode: .script)
    if outcome.isInterrupted { return 130 }
    if let status = outcome.leaving { return status }
    return outcome.isSuccess ? 0 : 1
  }

  private func report(_ diagnostic: Diagnostic) { makeScreen().report(diagnostic) }

  private func makeScreen() -> any ShellOutput {
    invocation.isJSON
      ? JSONOutput()
      : TextOutput(isColourRefused: invocation.hasNoColour, isQuiet: invocation.isQuiet)
  }
}
