import Foundation
import Language
import Testing

@Suite("Scripts")
struct ScriptTests {
  @Test("does what its comments say", arguments: Script.all)
  func holds(_ script: Script) {
    let toy = Toy()
    let outcome = toy.run(script.text, mode: .script)
    #expect(toy.recorder.lines.map { $0.trimmingCharacters(in: .whitespaces) } == script.output)
    #expect(outcome.errors.map(Self.place) == script.errors)
    #expect(toy.recorder.warnings.map(Self.place) == script.warnings)
  }

  static func place(_ diagnostic: Diagnostic) -> String {
    "\(diagnostic.code) on line \(diagnostic.location?.line ?? 0)"
  }

  @Test("there are many")
  func count() { #expect(Script.all.count >= 200) }
}
