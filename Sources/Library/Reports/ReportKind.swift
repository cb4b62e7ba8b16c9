import Language

/// What a page can be about.
enum ReportKind: String, CaseIterable, Argument {
  case attention, geometry

  /// What messages call it.
  static let kind = "report"
  /// The words that name one.
  static let choices = allCases.map(\.rawValue)
  /// The word.
  var defaultText: String { rawValue }

  /// A report by its name.
  static func from(_ value: Value) throws(Failure) -> ReportKind? { try choice(value, "report") }
}
