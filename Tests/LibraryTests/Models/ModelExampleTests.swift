import Figures
import Language
import Library
import Testing

@Suite struct ModelExampleTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let command: String
    let example: Example
    var testDescription: String { "\(command): \(example.code)" }
  }

  static let cases = Bench().workbench.commands.flatMap { command in
    command.examples.map { Case(command: command.name, example: $0) }
  }

  @Test(arguments: cases) func exampleHolds(_ one: Case) {
    let bench = Bench()
    let outcome = bench.run(one.example.code)
    let failure = outcome.errors.first.map { "\($0.code): \($0.headline)" }
    switch one.example.outcome {
    case .fails(let code): #expect(outcome.errors.first?.code == code, "\(failure ?? "succeeded")")
    case .runs: #expect(failure == nil)
    case .notRun: break
    case .text(let text):
      #expect(failure == nil)
      #expect(outcome.shown.map { ValueText(.transcript).text($0) } == text)
    case .value(let value):
      #expect(failure == nil)
      #expect(outcome.shown.map { agree($0, value) } == true, "\(outcome.shown?.text ?? "nothing")")
    }
  }

  @Test func declarationsAreWhole() {
    let bench = Bench()
    #expect(bench.interpreter.registry.problems == [])
  }

  /// Numbers agree within a small tolerance, all else exactly.
  private func agree(_ found: Value, _ wanted: Value) -> Bool {
    switch (found, wanted) {
    case (.number(let a), .number(let b)): return abs(a - b) <= 1e-6 * max(1, abs(b)) || a == b
    case (.list(let a), .list(let b)):
      return a.count == b.count && zip(a, b).allSatisfy { agree($0, $1) }
    case (.table(let a), .table(let b)):
      return a.names == b.names
        && zip(a.columns, b.columns).allSatisfy {
          agree(.list(List($0.values)), .list(List($1.values)))
        }
    default: return found == wanted
    }
  }
}
