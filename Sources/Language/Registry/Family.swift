/// A group of commands in help.
public struct Family: Sendable, Hashable {
  /// A short name, as in `help interventions`.
  public let name: String
  /// The heading.
  public let title: String

  /// Makes a family.
  public init(_ name: String, _ title: String) {
    self.name = name
    self.title = title
  }

  /// The words of the language itself.
  public static let language = Family("language", "The language")
}
