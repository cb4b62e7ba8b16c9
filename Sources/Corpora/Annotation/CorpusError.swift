/// Why a corpus could not be read: words without places in a program.
public struct CorpusError: Error, Sendable, Hashable {
  /// The kind of failure, in kebab case.
  public var code: String
  /// What could not be done, with the file and the line where there are any.
  public var message: String
  /// What to do about it.
  public var help: String?

  /// Makes an error.
  public init(_ code: String, _ message: String, help: String? = nil) {
    self.code = code
    self.message = message
    self.help = help
  }

  /// Reading was stopped by the user.
  public static let interrupted = CorpusError("interrupted", "stopped")
}

/// What is wrong with a record of a file, before anybody says which file it is.
struct RecordFault: Error {
  /// The kind of failure.
  var code = "bad-corpus"
  /// The line, from one.
  var line: Int
  /// What is wrong there.
  var what: String
  /// What to do about it.
  var help: String?
}
