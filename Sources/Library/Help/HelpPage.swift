import Language

/// The text of help, wrapped to a width.
struct HelpPage {
  /// The columns that lines are wrapped to.
  static let width = 100

  private(set) var lines: [String] = []

  var text: String { lines.joined(separator: "\n") }

  /// All families with their members, one line each.
  static func overview(of registry: Registry) -> HelpPage {
    var page = HelpPage()
    for family in registry.families { page.add(family, of: registry) }
    page.lines.append("`help NAME` says more, `apropos \"WORD\"` searches, Tab completes.")
    return page
  }

  /// A family with its members.
  static func family(_ family: Family, of registry: Registry) -> HelpPage {
    var page = HelpPage()
    page.add(family, of: registry)
    page.lines.removeLast()
    return page
  }

  private mutating func add(_ family: Family, of registry: Registry) {
    let entries = registry.entries(in: family)
    let widest = min(16, entries.map { DisplayWidth.of($0.name) }.max() ?? 0)
    lines.append("\(family.title) (`help \(family.name)`)")
    for entry in entries {
      let name =
        DisplayWidth.of(entry.name) > widest ? entry.name : DisplayWidth.fit(entry.name, widest)
      lines.append(DisplayWidth.truncate("  \(name)  \(entry.summary)", Self.width))
    }
    lines.append("")
  }

  /// Everything about one entry.
  init(_ entry: Builtin) {
    lines.append(entry.signature)
    add(entry.summary, indent: 2)
    if entry.writesFiles { lines.append("  It writes files, and is refused under --read-only.") }
    if !entry.parameters.isEmpty {
      lines.append("")
      for parameter in entry.parameters { add(parameter) }
    }
    if entry.isCommand { lines += ["", "  gives \(Value.withArticle(entry.returns))"] }
    for paragraph in entry.details.split(separator: "\n\n") {
      lines.append("")
      add(String(paragraph), indent: 2)
    }
    if !entry.examples.isEmpty { lines += ["", "  examples"] }
    for example in entry.examples { add(example) }
  }

  /// A function of the user's.
  init(_ function: FunctionValue) {
    lines.append(function.signature)
    if !function.documentation.isEmpty {
      for line in function.documentation.split(separator: "\n") { add(String(line), indent: 2) }
    }
    if let location = function.location {
      lines.append("  declared in \(location.source.name), line \(location.line)")
    }
  }

  private init() {}

  private mutating func add(_ parameter: ParameterInfo) {
    var facts = [parameter.kind]
    if parameter.takesWord { facts.append("a word without quotes") }
    switch parameter.role {
    case .piped: facts.append("also what is piped in")
    case .rest: facts.append("any number of them")
    case .named: facts.append("by name")
    case .plain: break
    }
    if let text = parameter.defaultText, !text.isEmpty, text != "null" {
      facts.append("default \(text)")
    } else if !parameter.isRequired, parameter.role != .rest {
      facts.append("may be left out")
    }
    if !parameter.choices.isEmpty {
      facts.append("such as \(parameter.choices.joined(separator: " "))")
    }
    add("\(parameter.name): \(facts.joined(separator: ", "))", indent: 2, further: 8)
    add(parameter.summary, indent: 6)
  }

  private mutating func add(_ example: Example) {
    for line in example.code.split(separator: "\n", omittingEmptySubsequences: false) {
      lines.append("    \(line)")
    }
    let result = ExampleText.result(of: example).map { " Gives \($0)." } ?? ""
    add(example.shows + result, indent: 8)
  }

  /// Adds a text in lines; those behind the first stand `further` columns in, or as far as it.
  private mutating func add(_ text: String, indent: Int, further: Int? = nil) {
    func margin(_ count: Int) -> String { String(repeating: " ", count: count) }
    lines += DisplayWidth.wrapped(
      text.split(whereSeparator: \.isWhitespace).map(String.init), to: Self.width,
      first: margin(indent), further: margin(further ?? indent))
  }
}
