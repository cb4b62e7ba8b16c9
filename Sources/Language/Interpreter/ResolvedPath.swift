import Foundation

/// Where a path leads when its links are followed, also where its end does not exist yet.
enum ResolvedPath {
  /// As many links as the system follows.
  private static let mostLinks = 40

  /// The place of an absolute path.
  static func of(_ path: String) -> String {
    var rest = Array(path.split(separator: "/").reversed())
    var done: [Substring] = []
    var links = 0
    while let part = rest.popLast() {
      if part == "." { continue }
      if part == ".." {
        _ = done.popLast()
        continue
      }
      let next = "/" + (done + [part]).joined(separator: "/")
      guard links < mostLinks,
        let target = try? FileManager.default.destinationOfSymbolicLink(atPath: next)
      else {
        done.append(part)
        continue
      }
      links += 1
      if target.hasPrefix("/") { done = [] }
      rest += target.split(separator: "/").reversed()
    }
    return "/" + done.joined(separator: "/")
  }

  /// Whether a path leads into one of some folders, or is one of them.
  static func isInside(_ path: String, _ folders: [String]) -> Bool {
    let place = of(path)
    return folders.contains { folder in
      let folder = of(folder)
      return folder == "/" || place == folder || place.hasPrefix(folder + "/")
    }
  }
}
