import Foundation
import TestSupport
import Testing

@Suite struct ManPageTests {
  /// The man page is written by hand, and an option is easily forgotten there.
  @Test func everyOptionIsInTheManPage() throws {
    let root = SharedData.projectRoot
    let source = try String(
      contentsOf: root.appendingPathComponent("Sources/Shell/Options/Option.swift"),
      encoding: .utf8)
    let page = try String(
      contentsOf: root.appendingPathComponent("docs/sonde.1"), encoding: .utf8
    ).replacing("\\-", with: "-")
    let options = source.split(separator: "names: [").dropFirst().flatMap { rest in
      rest.prefix { $0 != "]" }.split { "\", ".contains($0) }
    }.filter { $0.hasPrefix("-") }
    #expect(options.count >= 10)
    for option in options + ["replay", "check", "recover"] {
      #expect(page.contains("\\fB\(option)\\fR"), "\(option)")
    }
  }
}
