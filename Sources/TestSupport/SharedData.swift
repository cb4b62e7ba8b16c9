import Foundation

/// Where the real checkpoints, tokenizers and reference outputs lie, when they are there.
///
/// They are not part of the project. A test that needs them is enabled by `isAvailable`, and is
/// reported as skipped otherwise.
public enum SharedData {
  /// The folder named by `SONDE_SHARED`, or `shared` beside the project's root.
  public static let folder: URL = {
    if let path = ProcessInfo.processInfo.environment["SONDE_SHARED"] {
      return URL(fileURLWithPath: path, isDirectory: true)
    }
    return projectRoot.deletingLastPathComponent().appendingPathComponent("shared")
  }()

  /// The project's root, found from this file's place in it.
  public static let projectRoot: URL = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Whether `path` is there below the shared folder.
  public static func isAvailable(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent(path).path)
  }

  /// The place of `path` below the shared folder.
  public static func url(_ path: String) -> URL {
    folder.appendingPathComponent(path)
  }
}
