import Foundation

/// The user's home folder.
public enum HomeFolder {
  /// What `HOME` names; where it names nothing, what the system knows of the user.
  public static func path(
    _ environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> String {
    guard let own = environment["HOME"], own.hasPrefix("/") else { return NSHomeDirectory() }
    return own
  }

  /// A path with its `~` replaced.
  public static func expanding(_ path: String) -> String {
    path == "~" || path.hasPrefix("~/") ? Self.path() + path.dropFirst() : path
  }
}
