import Foundation
import Synchronization

/// Files and folders that are not finished yet, and what of them is left when a run was killed.
///
/// Whoever makes one holds a lock on it while it works; the lock goes with the process, however it
/// ends. So what nobody holds is left over, whichever machine or container it came from.
public enum Leftovers {
  /// How the names of what lies beside its final place begin.
  private static let prefix = ".sonde-"
  /// The names with which `prefix` is followed by digits alone are ours.
  private static let digits = 6...20
  private static let seen = Mutex<Set<String>>([])

  /// A new name for something unfinished.
  static func name() -> String {
    prefix + String(UInt64.random(in: 1_000_000_000...UInt64.max))
  }

  /// Takes the lock of something that was just made; false when a cleaner was faster.
  static func hold(_ descriptor: Int32, _ path: String) -> Bool {
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return false }
    var own = stat()
    var named = stat()
    return fstat(descriptor, &own) == 0 && lstat(path, &named) == 0 && own.st_ino == named.st_ino
  }

  /// Opens a folder that was just made and takes its lock, which `close` gives back; nil when that
  /// fails.
  static func hold(folder: String) -> Int32? {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    if hold(descriptor, folder) { return descriptor }
    close(descriptor)
    return nil
  }

  /// Removes what runs that are gone have left in a folder, the first time that it is asked to.
  public static func clean(_ folder: String) {
    guard seen.withLock({ $0.insert(folder).inserted }) else { return }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return }
    for name in names where isOurs(name) { remove(folder + "/" + name) }
  }

  private static func isOurs(_ name: String) -> Bool {
    guard name.hasPrefix(prefix) else { return false }
    let rest = name.dropFirst(prefix.count)
    return digits.contains(rest.count) && rest.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  private static func remove(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_uid == geteuid(),
      [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT),
      flock(descriptor, LOCK_EX | LOCK_NB) == 0
    else { return }
    try? FileManager.default.removeItem(atPath: path)
  }
}
