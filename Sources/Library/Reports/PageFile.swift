import Checkpoints
import Foundation
import Language

/// The file that a page goes to: refused before anything is computed, written whole or not at all.
struct PageFile {
  private let path: String
  private let url: URL
  private let overwrite: Bool
  private let context: Context

  /// - Throws: `unknown-format` for another ending than .html, `file-exists` for a file that must
  ///   stay.
  init(_ path: String, overwrite: Bool, _ context: Context) throws(Failure) {
    guard ["html", "htm"].contains(NSString(string: path).pathExtension.lowercased()) else {
      throw Failure(
        "unknown-format", "a page is an .html file, which `\(path)` is not", argument: "to",
        help: "to: \(Value.quoted(NSString(string: path).deletingPathExtension + ".html"))")
    }
    self.path = path
    self.overwrite = overwrite
    self.context = context
    url = URL(fileURLWithPath: try context.pathForWriting(path, argument: "to"))
    if !overwrite, FileManager.default.fileExists(atPath: url.path) {
      throw failure(.alreadyExists(file: url))
    }
  }

  /// Writes the page and says how large it is.
  func write(_ html: String) throws(Failure) {
    let data = Data(html.utf8)
    do throws(CheckpointError) {
      try AtomicFile.save(data, to: url, overwrite: overwrite)
    } catch {
      throw failure(error)
    }
    context.print("saved \(path) (\(Self.size(data.count)))")
  }

  private func failure(_ error: CheckpointError) -> Failure {
    var failure = Saving.failure(error, path)
    failure.argument = "to"
    if failure.code == "file-exists" { failure.help = "replace it: overwrite: true" }
    return failure
  }

  private static func size(_ bytes: Int) -> String {
    bytes < 1_000_000
      ? "\((bytes + 999) / 1000) kB"
      : "\(NumberText.rounded((Double(bytes) / 100_000).rounded() / 10)) MB"
  }
}
