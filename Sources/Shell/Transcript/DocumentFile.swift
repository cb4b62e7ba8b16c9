import Checkpoints
import Foundation
import Language

/// Writes documents so that a file is there whole or not at all.
enum DocumentFile {
  /// Writes a text; fails when a file is there, unless Sonde wrote it and it may be replaced.
  ///
  /// `name` is the path as it was given.
  static func write(
    _ text: String, to path: String, named name: String, replaces: Bool
  ) throws(Failure) {
    let url = URL(fileURLWithPath: path)
    do throws(CheckpointError) {
      try AtomicFile.save(Data(text.utf8), to: url, overwrite: replaces)
    } catch {
      throw switch error {
      case .alreadyExists:
        Failure(
          "file-exists", "`\(name)` is already there", argument: "path",
          help: "choose another name, or pass `overwrite: true`")
      case .foreign:
        Failure(
          "not-replaced", "`\(name)` was not written by Sonde, or has changed since",
          argument: "path", help: error.help)
      case .unwritable(_, let reason):
        Failure("cannot-write", "cannot write `\(name)`: \(reason)", argument: "path")
      default: Failure("cannot-write", error.description, argument: "path", help: error.help)
      }
    }
  }
}
