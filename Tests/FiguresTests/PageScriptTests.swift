import Foundation
import TestSupport
import Testing

@testable import Figures

/// Where Node is, if anywhere.
private let node = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
  .map { URL(fileURLWithPath: "\($0)/node") }
  .first { FileManager.default.isExecutableFile(atPath: $0.path) }

/// The scripts of pages without a browser: in Node, where it is installed.
@Suite(.enabled(if: node != nil, "needs node")) struct PageScriptTests {
  private static let folder = SharedData.projectRoot
    .appendingPathComponent("Sources/CPageFiles/pages/attention")

  /// What a program prints that stands after some of the page's scripts, on a page without facts.
  private func run(_ scripts: [String], _ program: String) throws -> String {
    let parts = try scripts.map {
      try String(contentsOf: Self.folder.appendingPathComponent("\($0).js"), encoding: .utf8)
    }
    let page =
      "const document = { getElementById: () => ({ textContent: '{}' }), readyState: 'complete' };"
    let folder = try TemporaryFolder()
    let file = try folder.write("page.js", ([page] + parts + [program]).joined(separator: "\n"))
    let process = Process()
    process.executableURL = try #require(node)
    process.arguments = [file.path]
    let output = Pipe()
    (process.standardOutput, process.standardError) = (output, output)
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(text)")
    return text.trimmingCharacters(in: .newlines)
  }

  @Test func everyScriptIsWellFormed() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
      .filter { $0.hasSuffix(".js") }
    #expect(names.count >= 10)
    for name in names {
      let process = Process()
      process.executableURL = try #require(node)
      process.arguments = ["--check", Self.folder.appendingPathComponent(name).path]
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0, "\(name)")
    }
  }

  @Test(arguments: [true, false]) func patternsReadBackInThePage(isCausal: Bool) throws {
    let (queries, keys) = (23, isCausal ? 23 : 17)
    var weights: [Float] = []
    for query in 0..<queries {
      let row = (0..<keys).map { key in
        isCausal && key > query || (query + key) % 5 == 0 ? Float(0) : Float((query * 7 + key) % 11)
      }
      let sum = max(row.reduce(0, +), 1)
      weights += row.map { $0 / sum }
    }
    let text = PatternCode.text(weights[...], queries: queries, keys: keys)
    let found = try run(
      ["patterns"], "console.log(unpack('\(text)', \(queries), \(keys)).join(' '));")
    let expected = weights.map { String(Int((255 * $0.squareRoot()).rounded())) }
    #expect(found == expected.joined(separator: " "))
  }

  @Test func tokensAreShownInSignsThatCanBeSeen() throws {
    let program = #"""
      const texts = ["  is", "a\n", "\u001b[2J", "\u202eabc", "\u0301", "x\u007f"];
      console.log(texts.map((text) => parts(text).join("")).join("|"));
      """#
    #expect(try run(["patterns", "texts"], program) == "␣␣is|a↵|␛[2J|‹U+202E›abc|◌\u{301}|x␡")
  }
}
