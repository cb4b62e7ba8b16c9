import Foundation
import Language
import TestSupport
import Testing

/// Every code's diagnostic as a reader sees it: `Scripts/diagnostics/CODE.probe` gives
/// `CODE.txt`.
///
/// With `RECORD_GOLDENS` set the texts are written, and the run fails.
@Suite("Diagnostics as text")
struct GoldenDiagnosticsTests {
  static let folder = Script.folder.appendingPathComponent("diagnostics")

  static let codes: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".probe") }.map { String($0.dropLast(6)) }.sorted()
  }()

  /// Codes that no script of text can give, and what tests them instead.
  static let untested: Set<String> = [
    "interrupted",  // SessionTests
    "no-addresses", "no-positions",  // HostTests
    "not-allowed",  // SaveTests
    "not-utf8",  // FuzzTests
    "out-of-range",  // LimitsTests
    "small-stack",  // SmallStackTests
    "source-too-large",  // DepthTests
  ]

  @Test("is as recorded", arguments: codes)
  func golden(_ code: String) throws {
    let path = Self.folder.appendingPathComponent("\(code).probe")
    let text = try String(contentsOf: path, encoding: .utf8)
    let toy = Toy(
      options: .init(isReadOnly: true, workingDirectory: Self.folder.path))
    let source = Source(name: "\(code).probe", text: text, folder: Self.folder.path)
    let errors = toy.interpreter.run(source, mode: .script).errors
    let diagnostic = try #require(errors.first ?? toy.recorder.warnings.first)
    #expect(diagnostic.code == code)
    #expect(diagnostic.location != nil)
    let shown = DiagnosticText().text(diagnostic).replacingOccurrences(
      of: SharedData.projectRoot.path, with: "…")
    let golden = Self.folder.appendingPathComponent("\(code).txt")
    if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] != nil {
      try (shown + "\n").write(to: golden, atomically: true, encoding: .utf8)
      Issue.record("recorded \(code)")
    } else {
      #expect(shown + "\n" == (try? String(contentsOf: golden, encoding: .utf8)))
    }
  }

  @Test("every code has one")
  func complete() {
    let known = Set(Diagnostic.codes.map(\.code))
    #expect(Set(Self.codes).union(Self.untested) == known)
    #expect(Diagnostic.codes.map(\.code) == known.sorted())
  }

  @Test("every code in the sources is listed")
  func sources() throws {
    let root = SharedData.projectRoot.appendingPathComponent("Sources/Language")
    let pattern = try Regex(
      #"(?:Failure|failure|problem|complain|Diagnostic|Misfit)\(\s*(?:code: )?"([a-z0-9-]+)""#)
    var found: Set<String> = []
    let files = FileManager.default.enumerator(atPath: root.path)
    while let file = files?.nextObject() as? String {
      guard file.hasSuffix(".swift") else { continue }
      let text = try String(contentsOf: root.appendingPathComponent(file), encoding: .utf8)
      for match in text.matches(of: pattern) {
        if let code = match.output[1].substring { found.insert(String(code)) }
      }
    }
    found.subtract(["returned", "left"])
    let known = Set(Diagnostic.codes.map(\.code))
    #expect(found.isSubset(of: known), "\(found.subtracting(known))")
    #expect(found.count > 40)
  }
}
