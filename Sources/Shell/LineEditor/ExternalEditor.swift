import Foundation

/// The user's editor, for an entry that has grown.
enum ExternalEditor {
  /// The text as it was saved; nil when that failed.
  static func edit(_ text: String) -> String? {
    let environment = ProcessInfo.processInfo.environment
    let names = ["VISUAL", "EDITOR"].compactMap { environment[$0] }.filter { !$0.isEmpty }
    let folder = NSTemporaryDirectory()
    let path = "\(folder)/sonde-entry-\(getpid()).probe"
    guard (try? Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)) != nil
    else { return nil }
    defer { unlink(path) }
    let command =
      (names.first ?? "vi") + " '" + path.replacingOccurrences(of: "'", with: "'\\''") + "'"
    guard system(command) == 0 else { return nil }
    guard case .success(var edited) = FileText.text(path, limit: 10_000_000) else { return nil }
    while edited.hasSuffix("\n") { edited.removeLast() }
    return edited
  }
}
