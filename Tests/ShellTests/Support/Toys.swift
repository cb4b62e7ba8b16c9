import Foundation
import Language

@testable import Shell

/// A program of a few toy commands: the shell needs to know no more of one.
enum Toys {
  static let family = Family("toys", "Toys")

  static let program = Program(
    version: "1.0", makeEngine: { _ in Engine(commands: commands) }, describe: { _ in .null })

  static let commands: [Builtin] = [
    Builtin(
      "double", "Doubles a number.", Parameter<Double>("n", "The number.", .piped),
      Parameter<Int>("times", "How often.", .named, default: 1), returns: "number",
      family: family
    ) { _, n, times throws(Failure) in .number(n * pow(2, Double(times))) },
    Builtin(
      "print", "Prints.", Parameter<[Value]>("values", "What.", .rest), returns: "null",
      family: family
    ) { context, values throws(Failure) in
      context.print(values.map(\.plainText).joined(separator: " "))
      return .null
    },
    Builtin(
      "pick", "Picks.", Parameter<Value>("table", "The table.", .piped),
      Parameter<String>("column", "Which."), returns: "null", family: family
    ) { _, _, _ throws(Failure) in .null },
    Builtin(
      "paint", "Paints.",
      Parameter<String>("colour", "Which.", default: "red", choices: ["red", "green"]),
      returns: "null", family: family
    ) { _, _ throws(Failure) in .null },
  ]

  /// A session that shows nothing.
  static func session(journal: JournalWriter? = nil) -> Session {
    Session(
      program.makeEngine(EngineSettings(Invocation())), header: DocumentHeader(version: "1.0"),
      options: Interpreter.Options(workingDirectory: NSTemporaryDirectory()),
      interruption: Interruption(), screen: nil, journal: journal)
  }

  /// A folder of its own, removed afterwards.
  static func withFolder(_ body: (String) throws -> Void) throws {
    let path = NSTemporaryDirectory() + "/sonde-tests-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }
}
