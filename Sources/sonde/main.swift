import CProcessor
import Foundation
import Language
import Library
import Shell

sonde_check_processor()

/// The state and the commands of one session.
func makeEngine(_ wanted: EngineSettings) -> Engine {
  let settings = SessionSettings(
    seed: wanted.seed, precision: wanted.precision == .f64 ? .float64 : .float32,
    threads: wanted.threads)
  return Engine(commands: Library.generalBuiltins(settings))
}

let shell = Shell(Program(version: "0.1", makeEngine: makeEngine))
exit(shell.run(Array(CommandLine.arguments.dropFirst())))
