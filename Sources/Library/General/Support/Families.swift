import Language

extension Family {
  /// Lists, tables and what is done with both.
  public static let tables = Family("tables", "Tables and lists")
  /// Arithmetic on numbers, lists and tensors.
  public static let numbers = Family("numbers", "Numbers and statistics")
  /// Text.
  public static let strings = Family("strings", "Strings")
  /// What goes to the screen and to files, and what comes from them.
  public static let files = Family("files", "In and out")
  /// Pictures of tables and tensors.
  public static let pictures = Family("pictures", "Pictures")
  /// The session itself.
  public static let session = Family("session", "The session")
}
