import Foundation

/// The journals of past sessions and of those that run.
struct JournalFolder {
  let path: String

  private static let keptDays = 90.0
  private static let keptEnded = 30

  /// The paths of all journals, the newest first; their names begin with the time.
  var paths: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { $0.hasSuffix(".jsonl") }.sorted(by: >).map { path + "/" + $0 }
  }

  /// The sessions that broke off, the newest first.
  var broken: [Journal] {
    paths.compactMap { Journal(path: $0) }.filter {
      !$0.isEnded && !$0.entries.isEmpty && !$0.isAlive
    }
  }

  /// The journal of a name.
  func journal(named name: String) -> Journal? {
    guard !name.contains("/") else { return nil }
    return Journal(path: path + "/" + name + ".jsonl")
  }

  /// Removes journals of sessions that ended, but for the newest, and all that are very old.
  ///
  /// Looks at names, dates and last bytes only, for it runs at each start.
  func prune(now: Date = Date()) {
    let all = paths
    guard all.count > Self.keptEnded else { return }
    for path in all.dropFirst(Self.keptEnded) {
      let attributes = try? FileManager.default.attributesOfItem(atPath: path)
      let age = now.timeIntervalSince(attributes?[.modificationDate] as? Date ?? now)
      guard Self.isEnded(path) || age > Self.keptDays * 86_400 else { continue }
      if (try? JSONLines(path: path))?.lock() == true { unlink(path) }
    }
  }

  /// Whether a journal's last line says that the session ended.
  static func isEnded(_ path: String) -> Bool {
    let tail = FileText.end(of: path, size: 64) ?? []
    return JSONLines.objects(in: tail).last?["kind"] as? String == "end"
  }
}
