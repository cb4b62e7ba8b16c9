import Foundation
import Language

/// Where history and journals are kept between sessions.
struct StateFolder: Sendable {
  let path: String

  /// The folder `sonde` below `XDG_STATE_HOME`, or below `~/.local/state`.
  init(environment: [String: String]) {
    let own = environment["XDG_STATE_HOME"] ?? ""
    // Relative paths there are to be ignored, says the XDG specification.
    let base = own.hasPrefix("/") ? own : HomeFolder.path(environment) + "/.local/state"
    path = base + "/sonde"
  }

  init(path: String) { self.path = path }

  var history: String { path + "/history.jsonl" }
  var journals: String { path + "/journal" }

  /// Makes a folder that only its owner can read; whether it is there then.
  static func make(_ path: String) -> Bool {
    try? FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }
}
