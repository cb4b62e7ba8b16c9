/// The commands that an interpreter knows, by name, with the words of the language beside them.
public struct Registry: Sendable {
  /// All entries in the order of their declaration, the language's words last.
  public let entries: [Builtin]
  /// The names of the commands whose first argument may be a word that is passed as it stands.
  let wordTakers: Set<String>
  private let places: [String: Int]

  /// Makes a registry.
  ///
  /// Of commands with one name the first stays; `Registry.problems` tells.
  public init(_ commands: [Builtin] = []) {
    entries = commands + Keyword.entries
    wordTakers = Set(commands.filter(\.takesWord).map(\.name))
    places = Dictionary(
      zip(entries.map(\.name), entries.indices), uniquingKeysWith: { first, _ in first })
  }

  /// The command of a name.
  public func command(_ name: String) -> Builtin? {
    entry(name).flatMap { $0.isCommand ? $0 : nil }
  }

  /// The command or the language's word of a name.
  public func entry(_ name: String) -> Builtin? { places[name].map { entries[$0] } }

  /// The commands.
  public var commands: [Builtin] { entries.filter(\.isCommand) }

  /// The names of the commands.
  public var names: [String] { commands.map(\.name) }

  /// The families in the order in which their first members were declared.
  public var families: [Family] {
    var seen: Set<Family> = []
    return entries.map(\.family).filter { seen.insert($0).inserted }
  }

  /// The entries of a family, in order.
  public func entries(in family: Family) -> [Builtin] { entries.filter { $0.family == family } }
}
