import Foundation
import Synchronization

/// What Sonde wrote where: only such files are replaced.
///
/// The path of each file that was written is kept with the SHA-256 of what went in, so that a file of
/// somebody else, or one that was changed since, is known for one.
public enum WrittenFiles {
  private struct Line: Codable {
    var path: String
    var sha256: String
  }

  private struct Memory {
    var hashes: [String: Set<String>] = [:]
    var place: URL?
  }

  private static let memory = Mutex(Memory())
  /// A longer memory begins anew with its last lines.
  private static let longest = 2_000_000

  /// Keeps the memory in a file, and reads what earlier sessions wrote.
  ///
  /// What cannot be read or written is forgotten: files are then not replaced.
  public static func remember(in place: URL) {
    let known = lines(of: place)
    memory.withLock { memory in
      memory.place = place
      for line in known { memory.hashes[line.path, default: []].insert(line.sha256) }
    }
  }

  /// `sonde/written.jsonl` in the user's folder for what programs keep; nil where there is none.
  public static var placeOfTheUser: URL? {
    let environment = ProcessInfo.processInfo.environment
    if let given = environment["XDG_STATE_HOME"], given.hasPrefix("/") {
      return URL(fileURLWithPath: given).appendingPathComponent("sonde/written.jsonl")
    }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return URL(fileURLWithPath: home).appendingPathComponent(".local/state/sonde/written.jsonl")
  }

  /// Notes that these bytes are about to lie at a path.
  static func note(_ sha256: String, at path: String) {
    // What lies in a folder that is not in its place yet, or is thrown away, has no lasting path.
    let parts = path.split(separator: "/")
    if parts.contains(where: { $0.hasPrefix(".sonde-") }) { return }
    let place = memory.withLock { memory in
      memory.hashes[path, default: []].insert(sha256)
      return memory.place
    }
    if let place, !parts.contains(where: { $0.hasPrefix("sonde-replay-") }) {
      append(Line(path: path, sha256: sha256), to: place)
    }
  }

  /// Whether what lies at a path is what was written there.
  static func isOwn(_ path: String) -> Bool {
    guard let known = memory.withLock({ $0.hashes[path] }),
      let file = try? MappedFile(URL(fileURLWithPath: path)), let hash = try? file.sha256()
    else { return false }
    return known.contains(hash)
  }

  private static func lines(of place: URL) -> [Line] {
    guard let file = try? MappedFile(place), file.bytes.count <= 10 * longest else { return [] }
    let lines = Data(file.bytes).split(separator: UInt8(ascii: "\n"))
    guard (try? file.verify()) != nil else { return [] }
    return lines.compactMap { try? JSONDecoder().decode(Line.self, from: Data($0)) }
  }

  private static func append(_ line: Line, to place: URL) {
    guard var data = try? JSONEncoder().encode(line) else { return }
    data.append(UInt8(ascii: "\n"))
    let folder = place.deletingLastPathComponent()
    try? FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK
    let descriptor = open(place.path, flags, 0o600)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    // A part of a line, as a full disk leaves it, must not spoil this one.
    let whole = Data([UInt8(ascii: "\n")]) + data
    _ = whole.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if lseek(descriptor, 0, SEEK_END) > off_t(longest) { shorten(place) }
  }

  private static func shorten(_ place: URL) {
    let kept = lines(of: place).suffix(5_000).compactMap { try? JSONEncoder().encode($0) }
    var data = Data()
    for line in kept { data += line + [UInt8(ascii: "\n")] }
    try? AtomicFile.save(data, to: place, replacing: .any)
  }
}
