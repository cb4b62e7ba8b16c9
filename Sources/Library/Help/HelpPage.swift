import Language

/// The text of help, wrapped to a width.
struct HelpPage {
  /// The columns that lines are wrapped to where nothing else is known.
  static let width = 100
  /// From how many columns on a list has its summaries beside the names.
  private static let leastForColumns = 60

  /// The columns that lines are wrapped to.
  private let width: Int
  private(set) var lines: [String] = []

  var text: String { lines.joined(separator: "\n") }

  /// All families with their members, one line each.
  static func overview(of registry: Registry, width: Int = Self.width) -> HelpPage {
    var page = HelpPage(width: width)
    for family in registry.families { page.add(family, of: registry) }
    page.add(
      "`help NAME` says more, `apropos \"WORD\"` searches, `help keys` names the keys, Tab completes.",
      indent: 0)
    return page
  }

  /// A family with its members.
  static func family(
    _ family: Family, of registry: Registry, width: Int = Self.width
  ) -> HelpPage {
    var page = HelpPage(width: width)
    page.add(family, of: registry)
    page.lines.removeLast()
    return page
  }

  private mutating func add(_ family: Family, of registry: Registry) {
    let entries = registry.entries(in: family)
    let widest = min(16, entries.map { DisplayWidth.of($0.name) }.max() ?? 0)
    lines.append("\(family.title) (`help \(family.name)`)")
    for entry in entries {
      if width < Self.leastForColumns {
        lines.append("  \(entry.name)")
        add(entry.summary, indent: 6)
        continue
      }
      let name =
        DisplayWidth.of(entry.name) > widest ? entry.name : DisplayWidth.fit(entry.name, widest)
      lines += DisplayWidth.wrapped(
        Self.words(entry.summary), to: width, first: "  \(name)  ",
        further: String(repeating: " ", count: widest + 4))
    }
    lines.append("")
  }

  /// Everything about one entry.
  init(_ entry: Builtin, width: Int = Self.width) {
    self.width = width
    addSignature(entry.signature)
    add(entry.summary, indent: 2)
    if entry.writesFiles { add("It writes files, and is refused under --read-only.", indent: 2) }
    if !entry.parameters.isEmpty {
      lines.append("")
      for parameter in entry.parameters { add(parameter) }
    }
    if entry.isCommand {
      lines.append("")
      add("gives \(Value.withArticle(entry.returns))", indent: 2)
    }
    for paragraph in entry.details.split(separator: "\n\n") {
      lines.append("")
      add(String(paragraph), indent: 2)
    }
    if !entry.examples.isEmpty { lines += ["", "  examples"] }
    for example in entry.examples { add(example) }
  }

  /// A function of the user's.
  init(_ function: FunctionValue, width: Int = Self.width) {
    self.width = width
    addSignature(function.signature)
    if !function.documentation.isEmpty {
      for line in function.documentation.split(separator: "\n") { add(String(line), indent: 2) }
    }
    if let location = function.location {
      add("declared in \(location.source.name), line \(location.line)", indent: 2)
    }
  }

  private init(width: Int) { self.width = width }

  /// A signature stands in one line, as it would be typed, where a whole page's width is there.
  private mutating func addSignature(_ signature: String) {
    if width >= Self.width {
      lines.append(signature)
    } else {
      add(signature, indent: 0, further: 4)
    }
  }

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
    if let limits = parameter.limits { facts.append(limits.words) }
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
      Self.words(text), to: width,
      first: margin(indent), further: margin(further ?? indent))
  }

  private static func words(_ text: String) -> [String] {
    text.split(whereSeparator: \.isWhitespace).map(String.init)
  }
}
