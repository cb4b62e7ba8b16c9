import Foundation
import Language
import Library
import TestSupport
import Testing

/// The scripts in examples/ run to their end.
@Suite struct ExampleScriptTests {
  private static let folder = SharedData.projectRoot.appendingPathComponent("examples")

  private static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".probe") }.sorted()
  }()

  private func run(_ name: String, _ arguments: [String]) throws {
    let bench = Bench(arguments: arguments)
    let text = try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
    let outcome = bench.run(text)
    let error = outcome.errors.first
    #expect(outcome.isSuccess, "\(error?.location?.line ?? 0): \(error?.headline ?? "")")
    #expect(!bench.output.text.isEmpty)
  }

  @Test func thereAreExamples() { #expect(Self.names.contains("tour.probe")) }

  @Test(arguments: names) func runsOnTheBuiltInModel(_ name: String) throws {
    try run(name, [])
  }

  @Test(.enabled(if: SharedData.isAvailable("models/stories260K")), arguments: names)
  func runsOnATrainedModel(_ name: String) throws {
    try run(name, [SharedData.url("models/stories260K").path])
  }

  @Test(.enabled(if: SharedData.isAvailable("reference/bert")))
  func maskedModelRunsWithoutATokenizer() throws {
    try run("masked.probe", [SharedData.url("reference/bert").path])
  }
}
