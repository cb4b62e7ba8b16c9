import Language

extension Invocation {
  /// Reads a command line without the program's name.
  ///
  /// Options stand before FILE; the first word that is none ends them. What follows `replay`, `check`
  /// and `recover` may have options among it.
  public init(_ words: [String]) throws(UsageError) {
    self.init()
    var rest = words[...]
    while let word = rest.first {
      if word == "--" {
        rest = rest.dropFirst()
        break
      }
      guard word.hasPrefix("-"), word != "-" else {
        if Self.verbs.contains(word) {
          rest = try takeOptions(from: rest)[...]
        }
        break
      }
      rest = rest.dropFirst()
      try apply(word, &rest)
      if case .code = action { break }
    }
    try finish(Array(rest))
  }

  /// The words that stand for something other than a script to run.
  private static let verbs: Set<String> = ["replay", "check", "recover"]

  /// Applies the options among some words; gives the others.
  private mutating func takeOptions(
    from words: ArraySlice<String>
  ) throws(UsageError) -> [String] {
    var rest = words
    var others: [String] = []
    while let word = rest.popFirst() {
      if word == "--" { return others + rest }
      if word.hasPrefix("-"), word != "-" {
        try apply(word, &rest)
      } else {
        others.append(word)
      }
    }
    return others
  }

  /// Applies one option, taking its value from `=` or from the next word.
  private mutating func apply(
    _ word: String, _ rest: inout ArraySlice<String>
  ) throws(UsageError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.first.map(String.init) ?? word
    guard let option = Option.all.first(where: { $0.names.contains(name) }) else {
      let names = Option.all.flatMap(\.names)
      let near = Suggestion.near(name, among: names)
      throw UsageError(
        "there is no option `\(name)`",
        help: near.isEmpty
          ? "`sonde --help` lists the options" : "did you mean \(Suggestion.list(near))?")
    }
    switch option.effect {
    case .flag(let effect):
      if parts.count > 1 { throw UsageError("`\(name)` takes no value") }
      effect(&self)
    case .value(let kind, let effect):
      if parts.count > 1 {
        try effect(&self, String(parts[1]))
      } else if let value = rest.popFirst() {
        try effect(&self, value)
      } else {
        throw UsageError("`\(name)` needs a value: \(kind)")
      }
    }
  }

  /// What the words behind the options mean.
  private mutating func finish(_ words: [String]) throws(UsageError) {
    switch action {
    case .code: arguments = words
    case .session: try chooseAction(words)
    default:
      if let word = words.first { throw UsageError("nothing may stand behind: `\(word)`") }
    }
  }

  private mutating func chooseAction(_ words: [String]) throws(UsageError) {
    guard let first = words.first else { return }
    let rest = Array(words.dropFirst())
    switch first {
    case "replay":
      guard let path = rest.first, rest.count == 1 else {
        throw UsageError("`replay` takes one transcript", help: "sonde replay session.md")
      }
      action = .replay(path)
    case "check":
      if rest.isEmpty {
        throw UsageError("`check` takes files or folders", help: "sonde check docs")
      }
      action = .check(rest)
    case "recover":
      if rest.count > 1 {
        throw UsageError("`recover` takes at most one session", help: "sonde recover")
      }
      action = .recover(rest.first)
    case "-":
      action = .standardInput
      arguments = rest
    default:
      action = .file(first)
      arguments = rest
    }
  }
}
