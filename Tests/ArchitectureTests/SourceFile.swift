import Foundation
import TestSupport

/// A Swift file of the project, for looking at as text.
struct SourceFile {
  /// The path from the project's root.
  let path: String
  let text: String
  let lines: [Substring]

  init(path: String, text: String) {
    self.path = path
    self.text = text
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The target that the file belongs to.
  var target: String {
    let parts = path.split(separator: "/")
    return parts.count > 1 ? String(parts[1]) : ""
  }

  /// The lines without their comments, with their numbers.
  var code: [(number: Int, text: String)] {
    lines.enumerated().map { index, line in
      (index + 1, String(line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line))
    }
  }

  /// The modules that the file imports.
  var imports: [String] {
    guard text.contains("import ") else { return [] }
    return code.compactMap { _, line in
      let words = line.split(separator: " ")
      guard let at = words.firstIndex(of: "import"), at < words.count - 1 else { return nil }
      let areModifiers = words[..<at].allSatisfy { Self.modifiers.contains(String($0)) }
      guard areModifiers, let module = words.last?.split(separator: ".").first else { return nil }
      return String(module)
    }
  }

  private static let modifiers: Set<String> = [
    "@testable", "@preconcurrency", "@_exported", "public", "package", "internal", "private",
  ]

  /// Where one of some texts occurs in the code, as `path:line`.
  ///
  /// Regular expressions would take minutes here in a debug build.
  func places(of patterns: [String]) -> [String] {
    guard patterns.contains(where: { text.contains($0) }) else { return [] }
    return code.filter { line in patterns.contains { line.text.contains($0) } }
      .map { "\(path):\($0.number)" }
  }

  /// All files with one of the extensions below a folder of the project.
  static func all(below folder: String, _ extensions: Set<String> = ["swift"]) throws
    -> [SourceFile]
  {
    let root = SharedData.projectRoot.standardizedFileURL
    let place = root.appendingPathComponent(folder)
    guard let files = FileManager.default.enumerator(at: place, includingPropertiesForKeys: nil)
    else { return [] }
    return try files.compactMap { $0 as? URL }
      .filter { extensions.contains($0.pathExtension) }
      .map { file in
        let path = file.standardizedFileURL.path.dropFirst(root.path.count + 1)
        return SourceFile(path: String(path), text: try String(contentsOf: file, encoding: .utf8))
      }
  }
}
