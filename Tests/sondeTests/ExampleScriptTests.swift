import Foundation
import TestSupport
import Testing

/// The scripts in examples/ run to their end, each as a program of its own in an empty folder.
@Suite struct ExampleScriptTests {
  private static let folder = SharedData.projectRoot.appendingPathComponent("examples")

  private static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".probe") }.sorted()
  }()

  private func run(_ name: String, _ arguments: [String]) throws {
    let run = try ProgramRun([Self.folder.appendingPathComponent(name).path] + arguments)
    #expect(run.status == 0, "\(name): \(run.output.suffix(600))")
    #expect(!run.output.isEmpty)
  }

  @Test func thereAreExamples() { #expect(Self.names.contains("tour.probe")) }

  @Test(arguments: names) func runsOnTheBuiltInModels(_ name: String) throws {
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
