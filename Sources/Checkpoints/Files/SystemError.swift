import Foundation

/// What the system said when a call failed.
enum SystemError {
  /// The reason of the last failed call, in words.
  static var reason: String { reason(errno) }

  /// The reason that an error number stands for.
  static func reason(_ code: Int32) -> String {
    String(cString: strerror(code)).lowercasedFirst
  }
}

extension String {
  /// The same text, beginning in lower case.
  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
