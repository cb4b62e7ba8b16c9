/// A place that holds the value of a name which outlives a call: a name of the session, or a
/// variable that a function made inside uses.
///
/// Only the evaluating thread touches it.
final class Cell: @unchecked Sendable {
  /// The value; nil before the name is bound.
  var value: Value?
  /// The number of the entry that last wrote it, so that each entry saves an old value once.
  var entry: Int

  init(_ value: Value?, entry: Int) {
    self.value = value
    self.entry = entry
  }
}

/// The names of the session, or of an imported file.
final class Namespace: @unchecked Sendable {
  /// The cells by name.
  var cells: [String: Cell] = [:]
  /// Those of them that `fn` declared.
  var functions: Set<String> = []
}
