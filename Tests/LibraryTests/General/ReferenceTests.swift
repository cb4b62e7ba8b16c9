import Foundation
import Language
import TestSupport
import Testing

@testable import Library

@Suite("The reference")
struct ReferenceTests {
  @Test("docs/reference.md is what the declarations say")
  func isFresh() throws {
    let place = SharedData.projectRoot.appendingPathComponent("docs/reference.md")
    let wanted = Library.referenceMarkdown(ExampleTests.registry)
    let found = (try? String(contentsOf: place, encoding: .utf8)) ?? ""
    if found != wanted, ProcessInfo.processInfo.environment["SONDE_WRITE_REFERENCE"] != nil {
      try wanted.write(to: place, atomically: true, encoding: .utf8)
    }
    #expect(found == wanted, "run scripts/reference")
  }
}
