import Foundation

/// A folder that is filled beside its final place and put there only when it is complete.
public enum FinishedFolder {
  /// Has `fill` write the files of a new folder, and puts it at `url`.
  ///
  /// - Parameter overwrite: Whether a folder that is already there may be replaced.
  /// - Throws: What `fill` throws, and `CheckpointError` when something is there that must stay or
  ///   the folder cannot be made; nothing has changed then.
  public static func write(
    to url: URL, overwrite: Bool, _ fill: (URL) throws(CheckpointError) -> Void
  ) throws(CheckpointError) {
    let manager = FileManager.default
    let parent = url.deletingLastPathComponent()
    let mark = String(UInt64.random(in: 0...UInt64.max), radix: 36)
    let fresh = parent.appendingPathComponent(".sonde-\(mark)")
    let old = parent.appendingPathComponent(".sonde-\(mark)-old")
    if manager.fileExists(atPath: url.path), !overwrite { throw .alreadyExists(file: url) }
    do {
      try manager.createDirectory(at: fresh, withIntermediateDirectories: true)
    } catch {
      throw .unwritable(file: fresh, reason: error.localizedDescription)
    }
    defer {
      try? manager.removeItem(at: fresh)
      try? manager.removeItem(at: old)
    }
    try fill(fresh)
    let isThere = manager.fileExists(atPath: url.path)
    if isThere {
      guard overwrite else { throw .alreadyExists(file: url) }
      guard rename(url.path, old.path) == 0 else {
        throw .unwritable(file: url, reason: SystemError.reason)
      }
    }
    guard rename(fresh.path, url.path) == 0 else {
      let reason = SystemError.reason
      if isThere { rename(old.path, url.path) }
      throw .unwritable(file: url, reason: reason)
    }
  }
}
