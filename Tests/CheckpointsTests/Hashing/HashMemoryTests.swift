import Foundation
import TestSupport
import Testing

@testable import Checkpoints

@Suite struct HashMemoryTests {
  let folder: TemporaryFolder
  let memory: HashMemory

  init() throws {
    folder = try TemporaryFolder()
    memory = HashMemory(place: folder.file("cache/sonde/hashes.json"))
  }

  private func write(_ values: [UInt8]) throws -> URL {
    let entry = RawSafetensors.entry("t", "U8", "[\(values.count)]", 0, values.count)
    return try folder.write(
      "model.safetensors", RawSafetensors.bytes(Data("{\(entry)}".utf8), data: Data(values)))
  }

  /// The same numbers as `sha256sum` gives for these files.
  @Test func theHashIsTheFilesOwn() throws {
    let place = try folder.write("empty.safetensors", RawSafetensors.bytes("{}", data: 0))
    let hash = try Checkpoint(contentsOf: place).sha256(memory: nil)
    #expect(hash == "411a485216e432ece6b9af94fa32154cf79a2a56d4f81266baa50063f45092bd")
  }

  @Test func aKnownHashIsNotComputedAgain() throws {
    let checkpoint = try Checkpoint(contentsOf: try write([1, 2, 3]))
    var pieces = 0
    let first = try checkpoint.sha256(memory: memory) { _ in pieces += 1 }
    #expect(pieces == 1)
    let second = try checkpoint.sha256(memory: memory) { _ in pieces += 1 }
    #expect(pieces == 1)
    #expect(first == second)
  }

  @Test func anotherSizeOrTimeIsAnotherFile() throws {
    let place = try write([1, 2, 3])
    let first = try Checkpoint(contentsOf: place).sha256(memory: memory)
    let longer = try Checkpoint(contentsOf: try write([1, 2, 3, 4])).sha256(memory: memory)
    #expect(longer != first)
    _ = try write([3, 2, 1])
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_000_000_000)], ofItemAtPath: place.path)
    let changed = try Checkpoint(contentsOf: place).sha256(memory: memory)
    #expect(changed != first && changed != longer)
  }

  @Test(arguments: ["", "[", "{}", "[{\"files\":[],\"sha256\":\"zz\"}]", "\u{0}\u{1}"])
  func aDamagedMemoryIsIgnoredAndReplaced(_ text: String) throws {
    let checkpoint = try Checkpoint(contentsOf: try write([1, 2, 3]))
    let hash = try checkpoint.sha256(memory: nil)
    try folder.write("cache/sonde/hashes.json", text)
    #expect(try checkpoint.sha256(memory: memory) == hash)
    #expect(memory.find(checkpoint.weights) == hash)
  }

  @Test func aMemoryThatCannotBeWrittenDoesNoHarm() throws {
    let checkpoint = try Checkpoint(contentsOf: try write([1, 2, 3]))
    let blocked = HashMemory(
      place: try folder.write("file", "x").appendingPathComponent("hashes.json"))
    #expect(try checkpoint.sha256(memory: blocked) == checkpoint.sha256(memory: nil))
    #expect(try checkpoint.sha256(memory: HashMemory(place: nil)) == checkpoint.sha256(memory: nil))
  }

  @Test func whatProgressThrowsEndsTheWork() throws {
    struct Stop: Error {}
    let checkpoint = try Checkpoint(contentsOf: try write([1, 2, 3]))
    #expect(throws: Stop.self) {
      _ = try checkpoint.sha256(memory: memory) { _ in throw Stop() }
    }
    #expect(memory.find(checkpoint.weights) == nil)
  }
}
