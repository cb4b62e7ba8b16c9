import Foundation

/// A folder of its own for one test, removed with everything in it when the value goes.
public final class TemporaryFolder: Sendable {
  /// Where it is.
  public let url: URL

  /// Makes an empty folder.
  ///
  /// - Throws: what the file system says when it cannot.
  public init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("sonde-test-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  /// The place of a file in it.
  public func file(_ name: String) -> URL { url.appendingPathComponent(name) }

  /// Writes a file in it, and the folders that lead there.
  @discardableResult
  public func write(_ name: String, _ data: Data) throws -> URL {
    let place = file(name)
    try FileManager.default.createDirectory(
      at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: place)
    return place
  }

  /// Copies a file into it, under its own name.
  public func copy(_ source: URL) throws {
    try FileManager.default.copyItem(at: source, to: file(source.lastPathComponent))
  }

  /// Writes a text file in it.
  @discardableResult
  public func write(_ name: String, _ text: String) throws -> URL {
    try write(name, Data(text.utf8))
  }
}
