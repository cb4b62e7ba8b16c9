import Faults
import Foundation
import Language

/// Reads text files that nobody vouches for.
enum TextFile {
  /// The largest file that is read, in bytes.
  static let largestSize = 256 << 20

  /// The text of a file, without a byte-order mark.
  ///
  /// - Throws: `cannot-read` when there is no such file or it is none, `too-large`, and `not-utf8`
  ///   with the line of the first byte that is no text.
  static func read(_ path: String, _ context: Context) throws(Failure) -> String {
    let url = URL(fileURLWithPath: try context.pathForReading(path))
    var bytes = try bytes(at: url, path, context)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    throw Failure(
      "not-utf8", "`\(path)` is not UTF-8 text: line \(line(ofFault: bytes)) has other bytes",
      argument: "path", help: "convert it first: iconv -f LATIN1 -t UTF-8 FILE > NEW")
  }

  private static func bytes(
    at url: URL, _ path: String, _ context: Context
  ) throws(Failure) -> [UInt8] {
    let size = try size(at: url, path)
    guard size <= largestSize else { throw tooLarge(path) }
    // The bytes, the text of them, and as much again for what is made of it.
    try faultsAsFailures("path") { () throws(Fault) in
      try MemoryBudget.check(4 * Double(size), for: "`\(path)`")
    }
    do {
      let handle = try FileHandle(forReadingFrom: url)
      defer { try? handle.close() }
      var bytes: [UInt8] = []
      bytes.reserveCapacity(size)
      while let chunk = try handle.read(upToCount: 1 << 20), !chunk.isEmpty {
        try context.interruption.check()
        bytes += chunk
        if bytes.count > largestSize { throw tooLarge(path) }
      }
      return bytes
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(
        "cannot-read", "cannot read `\(path)`: \(reason(error))", argument: "path")
    }
  }

  private static func tooLarge(_ path: String) -> Failure {
    Failure(
      "too-large", "`\(path)` is larger than \(largestSize >> 20) MB", argument: "path",
      help: "cut it into smaller files")
  }

  /// The size of a regular file.
  ///
  /// Nothing else is opened: a pipe could keep us waiting for ever.
  private static func size(at url: URL, _ path: String) throws(Failure) -> Int {
    let resolved = url.resolvingSymlinksInPath()
    guard
      let attributes = try? FileManager.default.attributesOfItem(atPath: resolved.path)
    else {
      throw Failure(
        "cannot-read", "there is no file `\(path)`", argument: "path", help: nearest(to: url))
    }
    switch attributes[.type] as? FileAttributeType {
    case .typeRegular?: return (attributes[.size] as? NSNumber)?.intValue ?? 0
    case .typeDirectory?:
      throw Failure("cannot-read", "`\(path)` is a folder", argument: "path")
    default:
      throw Failure("cannot-read", "`\(path)` is not a regular file", argument: "path")
    }
  }

  private static func nearest(to url: URL) -> String? {
    let folder = url.deletingLastPathComponent()
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let near = Suggestion.near(url.lastPathComponent, among: names.prefix(10_000))
    return near.isEmpty ? nil : "did you mean \(Suggestion.list(near))?"
  }

  /// What the system said, without the names of its functions.
  static func reason(_ error: any Error) -> String {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    if let underlying, underlying.domain == NSPOSIXErrorDomain {
      return String(cString: strerror(Int32(underlying.code))).lowercased()
    }
    return (error as NSError).localizedDescription
  }

  private static func line(ofFault bytes: [UInt8]) -> Int {
    var line = 1
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue("\n"): line += 1
      case .scalarValue: continue
      case .emptyInput, .error: return line
      }
    }
  }
}
