import Foundation
import TestSupport
import Testing

@testable import Checkpoints

@Suite struct AtomicFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() }
  }

  private func save(_ text: String, _ place: URL, overwrite: Bool = false) throws(CheckpointError) {
    try AtomicFile.save(Data(text.utf8), to: place, overwrite: overwrite)
  }

  @Test func aCompleteFileAppears() throws {
    let place = folder.file("a.txt")
    let file = try AtomicFile(place, overwrite: false)
    try file.append(Data("one ".utf8))
    #expect(!FileManager.default.fileExists(atPath: place.path))
    try file.append(Data("two".utf8))
    try file.commit()
    #expect(try String(contentsOf: place, encoding: .utf8) == "one two")
    #expect(try names == ["a.txt"])
  }

  @Test func nothingIsLeftWithoutCommit() throws {
    func abandon() throws {
      let file = try AtomicFile(folder.file("a.txt"), overwrite: false)
      try file.append(Data("lost".utf8))
    }
    try abandon()
    #expect(try names == [])
  }

  @Test func overwritingMustBeAskedFor() throws {
    let place = folder.file("a.txt")
    try save("old", place)
    #expect(
      checkpointError { try save("new", place) }
        == .alreadyExists(file: place.resolvingSymlinksInPath()))
    #expect(try String(contentsOf: place, encoding: .utf8) == "old")
    try save("new", place, overwrite: true)
    #expect(try String(contentsOf: place, encoding: .utf8) == "new")
    #expect(try names == ["a.txt"])
  }

  @Test func onlyWhatWasWrittenHereIsReplaced() throws {
    let foreign = try folder.write("foreign.txt", "theirs")
    #expect(
      checkpointError { try save("new", foreign, overwrite: true) }
        == .foreign(file: foreign.resolvingSymlinksInPath()))
    let own = folder.file("own.txt")
    try save("one", own)
    try save("two", own, overwrite: true)
    try folder.write("own.txt", "two, and a line of mine")
    #expect(
      checkpointError { try save("three", own, overwrite: true) }
        == .foreign(file: own.resolvingSymlinksInPath()))
    #expect(try String(contentsOf: own, encoding: .utf8) == "two, and a line of mine")
    try AtomicFile.save(Data("any".utf8), to: foreign, replacing: .any)
    #expect(try String(contentsOf: foreign, encoding: .utf8) == "any")
  }

  @Test func whatKilledRunsLeftIsRemoved() throws {
    try folder.write(".sonde-12345678901", "left")
    try folder.write(".sonde-22345678901/config.json", "left")
    try folder.write(".sonde-32345678901", "in work")
    for name in [".sonde-notes", ".sonde-12345678901-old", ".sonde-123", "sonde-12345678901"] {
      try folder.write(name, "somebody's")
    }
    let held = open(folder.file(".sonde-32345678901").path, O_RDONLY)
    #expect(flock(held, LOCK_EX) == 0)
    defer { close(held) }
    try save("text", folder.file("a.txt"))
    #expect(
      try names == [
        ".sonde-123", ".sonde-12345678901-old", ".sonde-32345678901", ".sonde-notes", "a.txt",
        "sonde-12345678901",
      ])
  }

  @Test func aFileThatAppearsMeanwhileStays() throws {
    let place = folder.file("a.txt")
    let file = try AtomicFile(place, overwrite: false)
    try file.append(Data("mine".utf8))
    try folder.write("a.txt", "theirs")
    var error: CheckpointError?
    do { try file.commit() } catch let problem { error = problem }
    #expect(error == .alreadyExists(file: place.resolvingSymlinksInPath()))
    #expect(try String(contentsOf: place, encoding: .utf8) == "theirs")
    #expect(try names == ["a.txt"])
  }

  @Test func permissionsOfTheReplacedFileStay() throws {
    let place = folder.file("a.txt")
    try save("old", place)
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: place.path)
    try save("new", place, overwrite: true)
    let mode = try FileManager.default.attributesOfItem(atPath: place.path)[.posixPermissions]
    #expect(mode as? Int == 0o640)
  }

  @Test func aLinkKeepsPointing() throws {
    let target = try folder.write("elsewhere/real.txt", "old")
    try AtomicFile.save(Data("old".utf8), to: target, replacing: .any)
    let link = folder.file("link.txt")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: target)
    try save("new", link, overwrite: true)
    #expect(try String(contentsOf: target, encoding: .utf8) == "new")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path) == target.path)
  }

  @Test func placesThatCannotBeWritten() throws {
    try folder.write("file", "x")
    let pipe = folder.file("pipe")
    #expect(mkfifo(pipe.path, 0o600) == 0)
    let cases = [
      (folder.url, "it is a folder"), (pipe, "it is not a regular file"),
      (URL(fileURLWithPath: "/dev/null"), "it is not a regular file"),
      (folder.file("none/a.txt"), "no such file or directory"),
      (folder.file("file/a.txt"), "not a directory"),
      (folder.file(String(repeating: "n", count: 300)), "file name too long"),
    ]
    for (place, words) in cases {
      let error = checkpointError { try save("new", place, overwrite: true) }
      #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    }
    #expect(try names == ["file", "pipe"])
  }

  @Test(.enabled(if: getuid() != 0, "root may write everywhere"))
  func aFolderWithoutPermission() throws {
    let place = try folder.write("closed/a.txt", "old")
    let closed = place.deletingLastPathComponent().path
    try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: closed)
    defer {
      try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: closed)
    }
    let error = checkpointError { try save("new", folder.file("closed/b.txt")) }
    #expect(error?.description.contains("permission denied") == true)
  }
}
