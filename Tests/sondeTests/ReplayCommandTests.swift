import Foundation
import TestSupport
import Testing

/// `sonde replay` as a program of its own.
@Suite struct ReplayCommandTests {
  private static let document =
    "```probe\n1 + 1\n```\n\n```\n3\n```\n\n```probe\nsave \"a\" \"out.txt\"\n```\n"

  /// Runs the program on a document; gives status, output and error.
  private func run(_ arguments: [String], in folder: TemporaryFolder) throws
    -> (status: Int32, output: String, error: String)
  {
    let process = Process()
    process.executableURL = ProgramRun.program
    process.arguments = arguments
    process.currentDirectoryURL = folder.url
    process.environment = ["HOME": folder.url.path, "TMPDIR": folder.url.path + "/tmp"]
    let (output, error) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = error
    try process.run()
    let written = output.fileHandleForReading.readDataToEndOfFile()
    let complaint = error.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      process.terminationStatus, String(decoding: written, as: UTF8.self),
      String(decoding: complaint, as: UTF8.self)
    )
  }

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      at: folder.url.appendingPathComponent("tmp"), withIntermediateDirectories: false)
    try Self.document.write(
      to: folder.url.appendingPathComponent("notes.md"), atomically: true, encoding: .utf8)
    return folder
  }

  @Test(arguments: [["replay", "--json", "notes.md"], ["--json", "replay", "notes.md"]])
  func writesJSON(_ arguments: [String]) throws {
    let (status, output, _) = try run(arguments, in: folder())
    #expect(status == 1)
    let objects = try output.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    #expect(objects.map { $0["kind"] as? String } == ["difference", "difference", "replay"])
    #expect(objects.first?["line"] as? Int == 2)
    #expect(objects.last?["different"] as? Int == 2)
  }

  @Test func leavesNothingBehind() throws {
    let folder = try folder()
    _ = try run(["replay", "notes.md"], in: folder)
    let left = try FileManager.default.subpathsOfDirectory(atPath: folder.url.path)
    #expect(left.sorted() == ["notes.md", "tmp"])
  }

  @Test func aDocumentRunAsAScriptIsToldHowToReplayIt() throws {
    let (status, output, error) = try run(["notes.md"], in: folder())
    #expect(status == 1 && output.isEmpty)
    #expect(error.contains("error[not-a-script]") && error.contains("sonde replay notes.md"))
  }

  @Test func homeCounts() throws {
    let folder = try folder()
    let (_, _, error) = try run(["-e", "load \"~/nowhere\""], in: folder)
    #expect(error.contains(folder.url.path + "/nowhere"))
    #expect(error.contains(folder.url.path + "/.cache/huggingface/hub"))
  }

  @Test func aHubNameIsToldHowItIsGot() throws {
    let (_, _, error) = try run(["-e", "load \"gpt2\""], in: folder())
    #expect(error.contains("hf download gpt2"))
  }
}
