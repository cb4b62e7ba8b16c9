import Faults
import Foundation
import Testing

@testable import Corpora

/// A folder for the files of one test.
final class Scratch {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Writes a file and opens it.
  func open(
    _ content: String, _ name: String, columns: TextColumns = TextColumns(),
    byDocument: Bool = false
  ) throws -> FileTexts {
    try open(Data(content.utf8), name, columns: columns, byDocument: byDocument)
  }

  func open(
    _ content: Data, _ name: String, columns: TextColumns = TextColumns(), byDocument: Bool = false
  ) throws -> FileTexts {
    let path = folder.appendingPathComponent(name).path
    try content.write(to: URL(fileURLWithPath: path))
    return try FileTexts(
      path: path, name: name, format: CorpusFormat(path: path), columns: columns,
      byDocument: byDocument)
  }

  /// What is said of a file that cannot be read.
  func fault(_ content: String, _ name: String, byDocument: Bool = false) throws -> Fault {
    try #require(throws: Fault.self) {
      let texts = try open(content, name, byDocument: byDocument)
      for place in 0..<texts.count { _ = try texts.text(at: place) }
    }
  }
}

/// A line of a treebank.
func line(
  _ id: String, _ form: String, _ upos: String = "X", head: String = "0",
  _ relation: String = "root", misc: String = "_"
) -> String {
  [id, form, form.lowercased(), upos, "_", "_", head, relation, "_", misc].joined(separator: "\t")
    + "\n"
}
