import Foundation
import Language

/// Where the paths that commands are given lie.
struct FilePlaces: Sendable {
  let settings: SessionSettings

  /// The place from which a path is read: relative to the working directory, `~` the home folder.
  ///
  /// In a replay, a file that the replay itself has written is read back from where it went.
  func reading(_ path: String, _ context: Context) -> URL {
    if let redirected = redirected(path),
      FileManager.default.fileExists(atPath: redirected.path)
    {
      return redirected
    }
    return plain(path, context)
  }

  /// The place to which a path is written.
  func writing(_ path: String, _ context: Context) throws(Failure) -> URL {
    guard let redirected = redirected(path) else { return plain(path, context) }
    do {
      try FileManager.default.createDirectory(
        at: redirected.deletingLastPathComponent(), withIntermediateDirectories: true)
    } catch {
      throw Failure("cannot-write", "cannot make a folder for `\(path)` in the replay's folder")
    }
    return redirected
  }

  private func plain(_ path: String, _ context: Context) -> URL {
    let expanded = path.hasPrefix("~") ? NSString(string: path).expandingTildeInPath : path
    let folder = URL(fileURLWithPath: context.options.workingDirectory, isDirectory: true)
    return URL(fileURLWithPath: expanded, relativeTo: folder).absoluteURL
  }

  private func redirected(_ path: String) -> URL? {
    settings.outputFolder.map { folder in
      path.split(separator: "/").reduce(URL(fileURLWithPath: folder, isDirectory: true)) {
        $0.appendingPathComponent($1 == ".." ? "_" : String($1))
      }
    }
  }
}
