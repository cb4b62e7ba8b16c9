import Foundation
import Language

/// Files and folders that a path may mean.
struct FileCandidates {
  /// The folder that relative paths start from.
  let folder: String

  private static let most = 300

  /// The paths that begin with `prefix`, folders before files; a folder ends in `/`.
  func all(_ prefix: String) -> [Completion.Candidate] {
    let slash = prefix.lastIndex(of: "/")
    let head = slash.map { String(prefix[...$0]) } ?? ""
    let tail = slash.map { String(prefix[prefix.index(after: $0)...]) } ?? prefix
    let place: String
    if head.hasPrefix("~/") {
      place = HomeFolder.expanding(head)
    } else {
      place = head.hasPrefix("/") ? head : folder + "/" + head
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
    let fitting = names.filter { name in
      name.hasPrefix(tail) && (!name.hasPrefix(".") || tail.hasPrefix("."))
    }
    return fitting.sorted().prefix(Self.most).map { name in
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: place + "/" + name, isDirectory: &isFolder)
      let mark = isFolder.boolValue ? "/" : ""
      return Completion.Candidate(
        head + name + mark, label: name + mark, suffix: isFolder.boolValue ? "" : "\"",
        rank: isFolder.boolValue ? 2 : 3)
    }
  }
}
