import Foundation
import Language
import Library
import Shell
import TestSupport
import Testing

/// Every example script, with any one token deleted, doubled or replaced, parses or gets a
/// diagnostic with a place inside it.
@Suite struct DamagedExampleTests {
  static let examples =
    (try? FileManager.default.contentsOfDirectory(
      at: SharedData.projectRoot.appendingPathComponent("examples"), includingPropertiesForKeys: nil
    ))?
    .filter { $0.pathExtension == "probe" } ?? []

  @Test func thereAreExamples() { #expect(Self.examples.count >= 3) }

  @Test(arguments: examples)
  func anyOneTokenMayBeDamaged(example: URL) throws {
    let interruption = Interruption()
    let workbench = Workbench(settings: SessionSettings(), interruption: interruption)
    let interpreter = Interpreter(
      registry: Registry(Library.builtins(for: workbench) + Shell.commands),
      host: SondeHost(workbench), output: Silence(), interruption: interruption,
      options: Interpreter.Options(
        workingDirectory: SharedData.projectRoot.path, arguments: []))
    let text = try String(contentsOf: example, encoding: .utf8)
    #expect(interpreter.check(Source(name: example.lastPathComponent, text: text)).isEmpty)
    var refused = 0
    for variant in DamagedText.variants(of: text) {
      let source = Source(name: example.lastPathComponent, text: variant)
      let diagnostics = interpreter.check(source)
      refused += diagnostics.isEmpty ? 0 : 1
      for diagnostic in diagnostics {
        let span = try #require(diagnostic.location?.span, "\(diagnostic.code) has no place")
        #expect(span.start >= 0 && span.end <= source.bytes.count)
        #expect(!DiagnosticText().text(diagnostic).isEmpty)
      }
    }
    #expect(refused > 50)
  }
}

/// An output that nobody reads.
private struct Silence: OutputSink {
  func show(_ value: Value, whole: Bool) {}
  func write(_ text: String) {}
  func warn(_ diagnostic: Diagnostic) {}
}
