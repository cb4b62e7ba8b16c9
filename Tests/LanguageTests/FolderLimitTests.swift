import Foundation
import Testing

@testable import Language

/// Where commands may read and write.
@Suite final class FolderLimitTests {
  private let root: String
  private var options: Interpreter.Options

  init() throws {
    root = NSTemporaryDirectory() + "/sonde-limits-\(UUID().uuidString)"
    for name in ["desk/in", "other", "further"] {
      try FileManager.default.createDirectory(
        atPath: "\(root)/\(name)", withIntermediateDirectories: true)
    }
    options = Interpreter.Options(workingDirectory: root + "/desk")
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  private func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: "\(root)/\(name)", withDestinationPath: target)
  }

  @Test func theWorkingFolderMayBeWritten() {
    for path in ["a.txt", "in/a.txt", "in/../a.txt", "./x/y", root + "/desk/a"] {
      #expect(options.isWritable(path), "\(path)")
    }
    for path in ["../other/a", "../worker", "/etc/passwd", "in/../../a", "~/a", root] {
      #expect(!options.isWritable(path), "\(path)")
    }
  }

  @Test func linksAreFollowedFirst() throws {
    try link("desk/out", to: "../other")
    try link("desk/file.txt", to: root + "/other/not-there-yet.txt")
    try link("desk/back", to: "../desk/in")
    try link("desk/loop", to: "loop")
    #expect(!options.isWritable("out/a.txt"))
    #expect(!options.isWritable("file.txt"))
    #expect(options.isWritable("back/a.txt"))
    options.writableFolders = [root + "/other"]
    #expect(options.isWritable("out/a.txt") && options.isWritable("file.txt"))
    #expect(!options.isWritable(root + "/further/a"))
  }

  @Test func aWorkingFolderThatIsALinkIsTheFolder() throws {
    try link("alias", to: "desk")
    options.workingDirectory = root + "/alias"
    #expect(options.isWritable("a.txt") && options.isWritable(root + "/desk/a.txt"))
  }

  @Test func readingIsLimitedOnlyWhereFoldersAreNamed() throws {
    #expect(throws: Never.self) { try options.pathForReading("/etc/passwd") }
    options.readableFolders = [root + "/other"]
    #expect(throws: Never.self) { try options.pathForReading("../other/a.csv") }
    try link("other/leak", to: "/etc")
    for path in ["/etc/passwd", "a.csv", "../other/../further/x", "../other/leak/passwd"] {
      do throws(Failure) {
        _ = try options.pathForReading(path)
        Issue.record("\(path) was allowed")
      } catch {
        #expect(error.code == "not-allowed")
      }
    }
  }

  @Test func whatGoesElsewhereMayGoAnywhere() {
    options.scratchDirectory = root + "/further"
    #expect(options.isWritable("/etc/x"))
    #expect(options.placeForWriting("/etc/x") == root + "/further/etc/x")
  }
}
