import Foundation
import Synchronization

/// A folder for what a replay writes, removed afterwards, also when the program ends within it, as
/// it does when nobody reads its output any more.
enum ScratchFolder {
  private static let current = Mutex<String?>(nil)
  private static let cleaning = Mutex(false)

  /// Gives a body the path of a folder that is there when something is written.
  static func with<T>(_ body: (String) -> T) -> T {
    let path =
      NSTemporaryDirectory() + "/sonde-replay-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    current.withLock { $0 = path }
    cleaning.withLock { isReady in
      if !isReady { atexit { ScratchFolder.remove() } }
      isReady = true
    }
    defer { remove() }
    return body((path as NSString).standardizingPath)
  }

  /// Removes what replays have left whose process is gone.
  static func clean() {
    let folder = NSTemporaryDirectory()
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where name.hasPrefix("sonde-replay-") {
      let parts = name.split(separator: "-")
      guard parts.count == 4, let process = Int32(parts[2]), UInt32(parts[3]) != nil else {
        continue
      }
      if kill(process, 0) != 0, errno == ESRCH {
        try? FileManager.default.removeItem(atPath: folder + "/" + name)
      }
    }
  }

  private static func remove() {
    let path = current.withLock { path in
      defer { path = nil }
      return path
    }
    if let path { try? FileManager.default.removeItem(atPath: path) }
  }
}
