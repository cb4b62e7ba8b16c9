import CProcessor
import Foundation
import Language
import Library
import Shell

sonde_check_processor()

/// What Tab offers from the bench: addresses, models, tokens and positions.
struct BenchCompletions: CompletionSource {
  let workbench: Workbench

  func offers(for place: CompletionPlace) -> [CompletionOffer] {
    workbench.candidates(
      kind: place.kind, parameter: place.parameter, prefix: place.prefix,
      isInString: place.isInString, subject: place.subject
    ).map { CompletionOffer($0.text, note: $0.note) }
  }
}

/// The state and the commands of one session.
func makeEngine(_ wanted: EngineSettings) -> Engine {
  let settings = SessionSettings(
    seed: wanted.seed, precision: wanted.precision == .f64 ? .double : .single,
    threads: wanted.threads, keepsHashes: !wanted.isReadOnly)
  let workbench = Workbench(settings: settings, interruption: wanted.interruption)
  return Engine(
    commands: Library.builtins(for: workbench), host: SondeHost(workbench),
    completions: BenchCompletions(workbench: workbench),
    status: { workbench.promptStatus })
}

Library.rememberWrittenFiles()
let shell = Shell(
  Program(
    version: "0.1", firstWords: Workbench.firstWords, makeEngine: makeEngine,
    describe: { $0.json }))
exit(shell.run(Array(CommandLine.arguments.dropFirst())))
