import Foundation
import TestSupport

/// A run of the program, which lies where the tests do, in an empty folder of its own.
struct ProgramRun {
  let status: Int32
  /// What it wrote, errors among it.
  let output: String

  static let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appendingPathComponent("sonde")

  /// Runs it, under a limit of address space where one is given.
  init(_ arguments: [String], kilobytes: Int? = nil) throws {
    let place = try TemporaryFolder()
    let process = Process()
    process.executableURL = Self.program
    process.arguments = arguments
    if let kilobytes {
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments =
        ["-c", "ulimit -v \(kilobytes); exec \"$0\" \"$@\"", Self.program.path] + arguments
    }
    process.currentDirectoryURL = place.url
    process.environment = ProcessInfo.processInfo.environment.merging([
      "XDG_STATE_HOME": place.url.path, "XDG_CACHE_HOME": place.url.path,
    ]) { $1 }
    // A file, because a pipe that nobody empties stops the program.
    let text = place.url.appendingPathComponent("output")
    _ = FileManager.default.createFile(atPath: text.path, contents: nil)
    let written = try FileHandle(forWritingTo: text)
    process.standardOutput = written
    process.standardError = written
    try process.run()
    process.waitUntilExit()
    status = process.terminationStatus
    output = try String(contentsOf: text, encoding: .utf8)
  }
}
