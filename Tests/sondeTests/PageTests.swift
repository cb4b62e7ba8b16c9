import Foundation
import TestSupport
import Testing

/// The pages in a browser, where there is one: what scripts/check-pages tries.
@Suite struct PageTests {
  private static func finds(_ names: [String]) -> Bool {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return names.contains { name in
      folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
    }
  }

  private static let canTry =
    finds(["python3"])
    && finds(["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"])

  @Test(.enabled(if: canTry, "needs python3 and chromium"))
  func pagesWorkInABrowser() throws {
    let process = Process()
    process.executableURL = SharedData.projectRoot.appendingPathComponent("scripts/check-pages")
    process.arguments = ["--program", ProgramRun.program.path]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let written = String(
      decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(written)")
    #expect(written.contains(" held, 0 failed"), "\(written)")
  }
}
