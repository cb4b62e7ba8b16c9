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

  /// The program, which lies where the tests do.
  private static let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appendingPathComponent("sonde")

  private func run(_ name: String, _ arguments: [String]) throws {
    let place = try TemporaryFolder()
    let process = Process()
    process.executableURL = Self.program
    process.arguments = [Self.folder.appendingPathComponent(name).path] + arguments
    process.currentDirectoryURL = place.url
    process.environment = ProcessInfo.processInfo.environment.merging([
      "XDG_STATE_HOME": place.url.path, "XDG_CACHE_HOME": place.url.path,
    ]) { $1 }
    let text = place.url.appendingPathComponent("output")
    _ = FileManager.default.createFile(atPath: text.path, contents: nil)
    let output = try FileHandle(forWritingTo: text)
    process.standardOutput = output
    process.standardError = output
    try process.run()
    process.waitUntilExit()
    let written = try String(contentsOf: text, encoding: .utf8)
    #expect(process.terminationStatus == 0, "\(name): \(written.suffix(600))")
    #expect(!written.isEmpty)
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
