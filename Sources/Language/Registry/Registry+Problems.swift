extension Registry {
  /// What is wrong with the declarations, one line each; for tests.
  ///
  /// An empty list is what a program must have.
  public var problems: [String] {
    var problems: [String] = []
    var seen: Set<String> = []
    for entry in entries {
      if !seen.insert(entry.name).inserted { problems.append("`\(entry.name)` is declared twice") }
      problems += Self.problems(of: entry).map { "`\(entry.name)`: \($0)" }
    }
    return problems
  }

  private static func problems(of entry: Builtin) -> [String] {
    var problems: [String] = []
    if !Lexer.isPlainName(entry.name) && entry.isCommand { problems.append("not a name") }
    if !isSentence(entry.summary) { problems.append("the summary is no sentence") }
    if entry.searchWords.contains(entry.name) {
      problems.append("a search word repeats the name")
    }
    if Set(entry.searchWords).count != entry.searchWords.count {
      problems.append("a search word occurs twice")
    }
    if entry.isCommand && entry.examples.isEmpty { problems.append("no example") }
    for example in entry.examples where !isSentence(example.shows) {
      problems.append("an example's explanation is no sentence")
    }
    return problems + parameterProblems(of: entry)
  }

  private static func parameterProblems(of entry: Builtin) -> [String] {
    var problems: [String] = []
    let positional = entry.parameters.filter(\.isPositional)
    if Set(entry.parameters.map(\.name)).count != entry.parameters.count {
      problems.append("two parameters have one name")
    }
    if entry.parameters.filter({ $0.role == .piped }).count > 1 {
      problems.append("two parameters take the pipeline's input")
    }
    if positional.dropLast().contains(where: { $0.role == .rest }) {
      problems.append("a parameter stands behind the one that takes the rest")
    }
    for (index, parameter) in entry.parameters.enumerated()
    where parameter.takesWord && (index > 0 || parameter.role != .plain) {
      problems.append("`\(parameter.name)` takes a word but does not stand first")
    }
    var optional: String?
    for parameter in entry.parameters {
      if !isSentence(parameter.summary) {
        problems.append("parameter `\(parameter.name)` has no sentence")
      }
      if !Lexer.isWord(parameter.name) {
        problems.append("parameter `\(parameter.name)` is not a name")
      }
      if parameter.kind.contains("whole number"), parameter.limits == nil {
        problems.append("parameter `\(parameter.name)` is a whole number without limits")
      }
      if parameter.role == .rest || parameter.role == .named { continue }
      if !parameter.isRequired {
        optional = optional ?? parameter.name
      } else if let optional {
        problems.append("`\(parameter.name)` must be given but stands behind `\(optional)`")
      }
    }
    return problems
  }

  private static func isSentence(_ text: String) -> Bool {
    guard let first = text.first else { return false }
    return (first.isUppercase || !first.isLetter) && text.last == "."
      && !text.contains { $0.isNewline }
  }
}
