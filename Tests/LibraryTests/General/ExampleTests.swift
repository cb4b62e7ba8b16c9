import Language
import Testing

@testable import Library

@Suite("Examples of the commands")
struct ExampleTests {
  static let registry = Registry(
    Library.builtins(for: Workbench(settings: SessionSettings(), interruption: Interruption())))

  @Test("An example gives what it says", arguments: ExampleRunner.cases(of: registry))
  func exampleHolds(_ example: ExampleRunner.Case) throws {
    let complaint = try ExampleRunner.complaint(about: example.example)
    #expect(complaint == nil)
  }

  @Test("The declarations are sound")
  func declarations() {
    #expect(Self.registry.problems == [])
  }

  @Test("Nineteen of twenty examples say what they give")
  func checkedShare() {
    let examples = Self.registry.commands.flatMap(\.examples)
    let checked = examples.filter {
      switch $0.outcome {
      case .value, .text, .fails: true
      case .runs, .notRun: false
      }
    }
    #expect(Double(checked.count) >= 0.95 * Double(examples.count))
  }

  @Test("Every command occurs in an example", arguments: registry.commands.map(\.name))
  func occurs(_ name: String) {
    let isUsed = Self.registry.entries.contains { entry in
      entry.examples.contains { example in
        example.code.split { !($0.isLetter || $0.isNumber || $0 == "_") }.contains { $0 == name }
      }
    }
    #expect(isUsed)
  }
}
