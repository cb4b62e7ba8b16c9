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
