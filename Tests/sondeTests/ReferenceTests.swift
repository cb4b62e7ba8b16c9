import Foundation
import Language
import Library
import Shell
import TestSupport
import Testing

@Suite("All that a session declares")
struct ReferenceTests {
  /// The commands of the library, and those of the shell.
  private let registry = Registry(
    Library.builtins(for: Workbench(settings: SessionSettings(), interruption: Interruption()))
      + Shell.commands)

  @Test("docs/reference.md is what the declarations say")
  func isFresh() throws {
    let place = SharedData.projectRoot.appendingPathComponent("docs/reference.md")
    let wanted = Library.referenceMarkdown(registry)
    let found = (try? String(contentsOf: place, encoding: .utf8)) ?? ""
    if found != wanted, ProcessInfo.processInfo.environment["SONDE_WRITE_REFERENCE"] != nil {
      try wanted.write(to: place, atomically: true, encoding: .utf8)
    }
    #expect(found == wanted, "run scripts/reference")
  }

  @Test("The declarations are sound, and none is made twice")
  func declarations() {
    #expect(registry.problems == [])
  }
}
