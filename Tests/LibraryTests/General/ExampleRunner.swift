import Figures
import Foundation
import Language
import Testing

@testable import Library

/// Runs an example of a declaration, and says what is wrong with what came of it.
struct ExampleRunner {
  /// An example with the name of what declares it.
  struct Case: Sendable, CustomTestStringConvertible {
    let command: String
    let example: Example
    var testDescription: String { "\(command): \(example.code)" }
  }

  /// All examples of a registry.
  static func cases(of registry: Registry) -> [Case] {
    registry.entries.flatMap { entry in
      entry.examples.map { Case(command: entry.name, example: $0) }
    }
  }

  /// What is wrong; nil when the example holds.
  ///
  /// It runs in a folder of its own.
  static func complaint(about example: Example) throws -> String? {
    if case .notRun = example.outcome { return nil }
    let session = try Session()
    let outcome = session.run(example.code)
    switch example.outcome {
    case .fails(let code):
      let codes = outcome.errors.map(\.code)
      return codes == [code] ? nil : "expected the error \(code), got \(codes)"
    default: break
    }
    if let error = outcome.errors.first { return DiagnosticText().text(error) }
    switch example.outcome {
    case .value(let expected):
      guard let shown = outcome.shown else { return "nothing was shown" }
      return isClose(shown, expected)
        ? nil : "expected \(session.text(expected)), got \(session.text(shown))"
    case .text(let expected):
      let text = session.output.text
      return text == expected ? nil : "expected \(expected), got \(text)"
    default: return nil
    }
  }

  /// Whether values agree, numbers to one part in a million.
  private static func isClose(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.number(let a), .number(let b)): isClose(a, b)
    case (.list(let a), .list(let b)):
      a.count == b.count && zip(a, b).allSatisfy { isClose($0, $1) }
    case (.record(let a), .record(let b)):
      a.names == b.names && zip(a.values, b.values).allSatisfy { isClose($0, $1) }
    case (.table(let a), .table(let b)):
      a.names == b.names && a.rowCount == b.rowCount
        && zip(a.columns, b.columns).allSatisfy { left, right in
          zip(left.values, right.values).allSatisfy { isClose($0, $1) }
        }
    case (.tensor(let a), .tensor(let b)):
      a.axes == b.axes && zip(a.doubles, b.doubles).allSatisfy { isClose($0, $1) }
    case (.figure, .figure): a.plainJSON.text == b.plainJSON.text
    default: a == b
    }
  }

  private static func isClose(_ a: Double, _ b: Double) -> Bool {
    a == b || (a.isNaN && b.isNaN) || abs(a - b) <= 1e-6 * max(1, abs(b))
  }
}

/// An interpreter with all commands, in a folder of its own, which goes away with it.
final class Session {
  let folder: URL
  let output = RecordedOutput()
  let interpreter: Interpreter

  init(isReadOnly: Bool = false) throws {
    let interruption = Interruption()
    let workbench = Workbench(settings: SessionSettings(), interruption: interruption)
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("sonde-library-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    interpreter = Interpreter(
      registry: Registry(Library.builtins(for: workbench)),
      host: SondeHost(workbench),
      output: output, interruption: interruption,
      options: .init(isReadOnly: isReadOnly, workingDirectory: folder.path))
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func run(_ code: String) -> Interpreter.Outcome {
    interpreter.run(Source(name: "example", text: code), mode: .script)
  }

  /// A value as a transcript shows it.
  func text(_ value: Value) -> String { ValueText(.transcript).text(value) }
}

/// Keeps what is shown and written, as text.
final class RecordedOutput: OutputSink, @unchecked Sendable {
  private var pieces = ""

  /// All of it, without the last line break.
  var text: String { pieces.hasSuffix("\n") ? String(pieces.dropLast()) : pieces }

  func show(_ value: Value, whole: Bool) {
    let style = RenderStyle.transcript
    pieces += ValueText(whole ? style.whole : style).text(value) + "\n"
  }

  func write(_ text: String) { pieces += text }

  func warn(_ diagnostic: Diagnostic) {}
}
