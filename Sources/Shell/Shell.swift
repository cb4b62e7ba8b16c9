import Checkpoints
import Foundation
import Language

/// The shell around a program: follows a command line to its exit status.
public struct Shell {
  private let program: Program

  /// Makes the shell of a program.
  public init(_ program: Program) { self.program = program }

  /// The declarations of the shell's own commands, which look back at the session.
  public static var commands: [Builtin] {
    SessionDocuments(
      record: SessionRecord(), header: DocumentHeader(version: ""), writesNothing: true
    ).commands
  }

  /// Does what `arguments`, the words behind the program's name, ask for.
  ///
  /// Gives the exit status: 0 when all went well, 1 when a script or a comparison failed, 2 when
  /// the command line is wrong, 130 when it was interrupted.
  public func run(_ arguments: [String]) -> Int32 {
    let status: Int32
    do {
      status = follow(try Invocation(arguments))
    } catch {
      StandardStream.error.write("sonde: \(error.message)\n  help: \(error.help)\n")
      status = 2
    }
    StandardStream.output.flush()
    return status
  }

  private func follow(_ invocation: Invocation) -> Int32 {
    if !invocation.isReadOnly, invocation.action.runsCode {
      Leftovers.clean(FileManager.default.currentDirectoryPath)
      if invocation.action.replays { ScratchFolder.clean() }
    }
    let scripts = ScriptRunner(program: program, invocation: invocation)
    switch invocation.action {
    case .session:
      if isatty(STDIN_FILENO) == 1 {
        return PromptLoop(program: program, invocation: invocation).run()
      }
      return scripts.runStandardInput()
    case .standardInput: return scripts.runStandardInput()
    case .file(let path): return scripts.run(file: path)
    case .code(let text): return scripts.run(code: text)
    case .replay(let path):
      return DocumentCheck(program: program, invocation: invocation).replay(path)
    case .check(let paths):
      return DocumentCheck(program: program, invocation: invocation).check(paths)
    case .recover(let name): return recover(name, invocation)
    case .describe: return say(describe(invocation))
    case .version: return say("sonde \(program.version)")
    case .help: return say(Option.usage)
    }
  }

  private func say(_ text: String) -> Int32 {
    StandardStream.output.write(text + "\n")
    return 0
  }

  private func recover(_ name: String?, _ invocation: Invocation) -> Int32 {
    let state = StateFolder(environment: ProcessInfo.processInfo.environment)
    return Recovery(
      folder: JournalFolder(path: state.journals), isReadOnly: invocation.isReadOnly
    ).run(name)
  }

  private func describe(_ invocation: Invocation) -> String {
    let session = Session(
      program.makeEngine(EngineSettings(invocation)),
      header: DocumentHeader(version: program.version), options: Interpreter.Options(),
      interruption: Interruption(), screen: nil)
    return program.describe(session.interpreter.registry).text
  }
}
