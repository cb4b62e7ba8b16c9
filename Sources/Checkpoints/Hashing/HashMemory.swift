import Foundation

/// Hashes of checkpoints, remembered between sessions by their files' paths, sizes and times of the
/// last change.
///
/// Whatever is wrong with the memory, a hash is only computed again.
struct HashMemory {
  /// The file that holds the hashes; nil where the environment names no folder for such files.
  let place: URL?

  private struct Record: Codable {
    var files: [File]
    var sha256: String
  }

  /// What a file was when it was hashed.
  private struct File: Codable, Equatable {
    var path: String
    var size: Int
    /// Nanoseconds since 1970.
    var modified: Int

    init(_ file: MappedFile) {
      path = file.url.resolvingSymlinksInPath().path
      size = file.bytes.count
      modified = file.modified
    }
  }

  /// More checkpoints than this are not remembered; the oldest go first.
  private static let most = 500

  func find(_ files: [MappedFile]) -> String? {
    let wanted = files.map(File.init)
    return records().last { $0.files == wanted }?.sha256
  }

  func keep(_ hash: String, of files: [MappedFile]) {
    guard let place else { return }
    let record = Record(files: files.map(File.init), sha256: hash)
    let paths = record.files.map(\.path)
    let others = records().filter { $0.files.map(\.path) != paths }
    guard let data = try? JSONEncoder().encode(others.suffix(Self.most - 1) + [record]) else {
      return
    }
    try? FileManager.default.createDirectory(
      at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try? AtomicFile.save(data, to: place, replacing: .any)
  }

  private func records() -> [Record] {
    guard let place else { return [] }
    let records = (try? JSONFile.read([Record].self, from: place)) ?? []
    let digits = "0123456789abcdef"
    return records.filter { $0.sha256.count == 64 && $0.sha256.allSatisfy(digits.contains) }
  }

  /// `sonde/checkpoint-hashes.json` in the user's folder for such files.
  static var ofTheUser: HashMemory {
    let environment = ProcessInfo.processInfo.environment
    let folder: URL
    if let given = environment["XDG_CACHE_HOME"], given.hasPrefix("/") {
      folder = URL(fileURLWithPath: given, isDirectory: true)
    } else if let home = environment["HOME"], home.hasPrefix("/") {
      folder = URL(fileURLWithPath: home, isDirectory: true).appendingPathComponent(".cache")
    } else {
      return HashMemory(place: nil)
    }
    return HashMemory(place: folder.appendingPathComponent("sonde/checkpoint-hashes.json"))
  }
}
