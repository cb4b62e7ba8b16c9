import Foundation
import TestSupport
import Testing

@testable import Checkpoints

@Suite struct FolderTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func weights(_ name: String, _ value: UInt8 = 1) -> Data {
    let entry = RawSafetensors.entry(name, "U8", "[1]", 0, 1)
    return RawSafetensors.bytes(Data("{\(entry)}".utf8), data: Data([value]))
  }

  private func error() -> CheckpointError? {
    checkpointError { _ = try Checkpoint(contentsOf: folder.url) }
  }

  @Test func aFolderWithOneFile() throws {
    try folder.write("config.json", #"{"model_type": "gpt2"}"#)
    try folder.write("model.safetensors", weights("a"))
    let checkpoint = try Checkpoint(contentsOf: folder.url)
    #expect(checkpoint.names == ["a"])
    #expect(try checkpoint.configuration.string("model_type") == "gpt2")
    #expect(checkpoint.folder.standardizedFileURL.path == folder.url.standardizedFileURL.path)
    #expect(checkpoint.byteCount == weights("a").count)
  }

  @Test func oneFileAlone() throws {
    let place = try folder.write("some.safetensors", weights("a"))
    #expect(try Checkpoint(contentsOf: place).configuration.keys == [])
    try folder.write("config.json", #"{"n": 3}"#)
    #expect(try Checkpoint(contentsOf: place).configuration.int("n") == 3)
  }

  @Test func shards() throws {
    try folder.write("config.json", "{}")
    try folder.write(
      "model.safetensors.index.json",
      #"{"metadata": {"total_size": 2}, "weight_map": {"a": "m-1.safetensors", "b": "m-2.safetensors"}}"#
    )
    try folder.write("m-1.safetensors", weights("a", 5))
    try folder.write("m-2.safetensors", weights("b", 6))
    let checkpoint = try Checkpoint(contentsOf: folder.url)
    #expect(checkpoint.names == ["a", "b"])
    #expect(try checkpoint.integers("a").values == [5])
    #expect(try checkpoint.integers("b").values == [6])
    #expect(checkpoint.stored("b")?.file.lastPathComponent == "m-2.safetensors")
    let both = try folder.write("both", weights("a", 5) + weights("b", 6))
    var hash = SHA256()
    try MappedFile(both).stream { hash.update($0) }
    #expect(try checkpoint.sha256(memory: nil) == hash.hexadecimal())
  }

  @Test(arguments: [
    (#"{"weight_map": {"a": "../m.safetensors"}}"#, "only files beside it"),
    (#"{"weight_map": {"a": "/etc/passwd"}}"#, "only files beside it"),
    (#"{"weight_map": {"a": ".."}}"#, "only files beside it"),
    (#"{"weight_map": {"a": ""}}"#, "only files beside it"),
    (#"{"weight_map": {"a": "m\u0000.safetensors"}}"#, "is damaged"),
    (#"{"weight_map": {"a": "none.safetensors"}}"#, "names the shard none.safetensors"),
    (#"{"weight_map": {"b": "m.safetensors"}}"#, "places the tensor in m.safetensors"),
    (#"{"weight_map": {"a": 3}}"#, "at weight_map.a"), (#"{"weight_map": []}"#, "at weight_map"),
    ("{}", "\"weight_map\" is missing"), ("", "end of file"), ("[", "end of file"),
  ])
  func badIndexes(_ index: String, _ words: String) throws {
    try folder.write("config.json", "{}")
    try folder.write("m.safetensors", weights("a"))
    try folder.write("model.safetensors.index.json", index)
    #expect(error()?.description.contains(words) == true, "\(String(describing: error()))")
  }

  @Test func missingFiles() throws {
    #expect(error() == .noWeights(folder: folder.url, other: nil))
    try folder.write("pytorch_model.bin", "x")
    #expect(error() == .noWeights(folder: folder.url, other: "pytorch_model.bin"))
    #expect(error()?.help.contains("safe_serialization=True") == true)
    try folder.write("model.safetensors", weights("a"))
    #expect(error() == .noConfiguration(folder: folder.url))
    let nowhere = folder.file("nowhere")
    #expect(
      checkpointError { _ = try Checkpoint(contentsOf: nowhere) } == .notFound(file: nowhere))
  }

  @Test func whatIsNotARegularFileIsRefused() throws {
    try folder.write("config.json", "{}")
    try folder.write("model.safetensors/inside", "x")
    #expect(error()?.description.contains("it is a folder") == true)
    let pipe = folder.file("pipe.safetensors")
    #expect(mkfifo(pipe.path, 0o600) == 0)
    #expect(
      checkpointError { _ = try Checkpoint(contentsOf: pipe) }
        == .unreadable(file: pipe, reason: "it is not a regular file"))
    let loop = folder.file("loop.safetensors")
    try FileManager.default.createSymbolicLink(at: loop, withDestinationURL: loop)
    #expect(checkpointError { _ = try Checkpoint(contentsOf: loop) } != nil)
  }

  @Test(.enabled(if: getuid() != 0, "root may read everything"))
  func anUnreadableFileIsRefused() throws {
    let place = try folder.write("secret.safetensors", weights("a"))
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: place.path)
    #expect(
      checkpointError { _ = try Checkpoint(contentsOf: place) }
        == .unreadable(file: place, reason: "permission denied"))
  }
}
