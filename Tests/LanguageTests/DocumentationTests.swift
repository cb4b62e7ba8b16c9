import Foundation
import Language
import TestSupport
import Testing

@Suite("The language's page")
struct DocumentationTests {
  private func page(_ name: String) throws -> String {
    try String(
      contentsOf: SharedData.projectRoot.appendingPathComponent("docs/\(name)"), encoding: .utf8)
  }

  @Test("lists every code with its meaning")
  func codes() throws {
    let page = try page("language.md")
    for (code, meaning) in Diagnostic.codes {
      #expect(page.contains("| `\(code)` | \(meaning) |"))
    }
  }

  @Test("the grammar names every word of the language")
  func grammar() throws {
    let grammar = try page("grammar.txt")
    for entry in Registry().entries { #expect(grammar.contains("\"\(entry.name)\"")) }
  }

  @Test("every example of the page can be read")
  func examples() throws {
    let blocks = try page("language.md").components(separatedBy: "```probe\n").dropFirst()
    #expect(blocks.count > 10)
    for block in blocks {
      let code = block.components(separatedBy: "```").first ?? ""
      #expect(Interpreter.completeness(of: code, host: ToyHost()) == .complete, "\(code)")
    }
  }
}
