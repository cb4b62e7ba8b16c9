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
    let mark = Leftovers.name()
    let fresh = parent.appendingPathComponent(mark)
    // No name of a leftover: for a moment it is all that is there of the old folder.
    let old = parent.appendingPathComponent(mark + "-old")
    try checkReplacing(url, overwrite: overwrite)
    Leftovers.clean(parent.path)
    do {
      try manager.createDirectory(at: fresh, withIntermediateDirectories: true)
    } catch {
      throw .unwritable(file: fresh, reason: error.localizedDescription)
    }
    let lock = Leftovers.hold(folder: fresh.path)
    defer {
      if let lock { close(lock) }
      try? manager.removeItem(at: fresh)
      try? manager.removeItem(at: old)
    }
    try fill(fresh)
    let isThere = manager.fileExists(atPath: url.path)
    try checkReplacing(url, overwrite: overwrite)
    for file in files(of: fresh) {
      if let hash = try? MappedFile(fresh.appendingPathComponent(file)).sha256() {
        let place = url.resolvingSymlinksInPath().appendingPathComponent(file)
        WrittenFiles.note(hash, at: place.path)
      }
    }
    if isThere {
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
  /// Checks that a folder may be put at a place: nothing is there, or a folder that may be replaced,
  /// in which every file is as Sonde wrote it.
  ///
  /// - Throws: `CheckpointError` that names what must stay.
  public static func checkReplacing(_ url: URL, overwrite: Bool) throws(CheckpointError) {
    guard FileManager.default.fileExists(atPath: url.path) else { return }
    guard overwrite else { throw .alreadyExists(file: url) }
    let folder = url.resolvingSymlinksInPath()
    for name in files(of: folder) {
      let file = folder.appendingPathComponent(name)
      if !WrittenFiles.isOwn(file.path) { throw .foreign(file: file) }
    }
  }

  /// The paths of all that is no folder in a folder.
  private static func files(of folder: URL) -> [String] {
    let found = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    return (found ?? []).filter { name in
      var isFolder: ObjCBool = false
      let path = folder.appendingPathComponent(name).path
      return
        !(FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        && isFolder.boolValue)
    }.sorted()
  }
}
