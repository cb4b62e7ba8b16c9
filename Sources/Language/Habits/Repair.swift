/// Finds out how a faulty line would be written here, and says so only when that can be read.
///
/// It is asked for the help of a diagnostic: a hint that would itself fail is none.
struct Repair {
  let registry: Registry
  let host: any Host
  let constants: [String: Value]
  let namespace: Namespace
  let entry: Int

  /// The largest source and the longest line that are looked at, in bytes; nobody waits for a hint.
  private static let largest = 256 << 10
  private static let longest = 400

  /// The diagnostic with a line that can be pasted as its help, where there is one.
  func improved(_ diagnostic: Diagnostic) -> Diagnostic {
    guard let location = diagnostic.location, location.source.bytes.count <= Self.largest else {
      return diagnostic
    }
    let source = location.source
    let tokens = Lexer.read(source).tokens
    let known = knownNames(tokens, source)
    guard
      let line = FaultyLine(
        source, tokens: tokens, around: location.span.start, registry: registry,
        isKnown: { known.contains($0) }),
      line.span.length <= Self.longest
    else { return diagnostic }
    var changes = Habit.all.compactMap { $0.change(line) }
    if changes.isEmpty, let repair = diagnostic.repair { changes = [Habit.Change([repair])] }
    if changes.isEmpty { return diagnostic }
    let unknown = Set(line.tokens.indices.filter(line.isUnknown).map(line.word))
    for allowed in [[], unknown] {
      for chosen in [changes] + changes.map({ [$0] }) {
        let text = Edit.applied(chosen.flatMap(\.edits), to: line.text, from: line.span.start)
        guard text != line.text, isSound(text, instead: line, unless: allowed) else { continue }
        return told(diagnostic, text, chosen, source)
      }
    }
    return advised(diagnostic, changes)
  }

  /// The diagnostic with what is known of the matter, where no whole line can be shown.
  private func advised(_ diagnostic: Diagnostic, _ changes: [Habit.Change]) -> Diagnostic {
    guard let headline = changes.lazy.compactMap(\.headline).first else { return diagnostic }
    var told = diagnostic
    if told.help == nil || diagnostic.repair != nil { told.help = headline }
    return told
  }

  private func told(
    _ diagnostic: Diagnostic, _ text: String, _ changes: [Habit.Change], _ source: Source
  ) -> Diagnostic {
    var told = diagnostic
    told.help = text
    if let change = changes.first(where: { $0.headline != nil }), let headline = change.headline {
      told.headline = headline
      if told.code == "cannot-assign" || told.code == "operator-in-command" {
        told.code = "unexpected-token"
      }
      if let spot = change.spot { told.labels = [.init(Location(source, spot), "")] }
    }
    return told
  }

  /// All that can be named: the session's names, the commands, and what the source itself binds
  /// anywhere.
  private func knownNames(_ tokens: [Token], _ source: Source) -> Set<String> {
    var known = Set(namespace.cells.keys).union(constants.keys).union(registry.names)
    known.formUnion(["_", "it"])
    for (place, token) in tokens.enumerated() where token.kind == .word && place > 0 {
      let before = tokens[place - 1].kind
      let after = tokens[place + 1].kind
      let isBound = [.let, .fn, .for, .catch].contains(before)
      let isParameter = after == .arrow || before == .leftBrace && after == .comma
      if isBound || isParameter { known.insert(source.text(of: token.span)) }
    }
    return known.union(parameters(tokens, source))
  }

  /// The names between the parentheses of functions.
  private func parameters(_ tokens: [Token], _ source: Source) -> Set<String> {
    var names: Set<String> = []
    var isInside = false
    for (place, token) in tokens.enumerated() {
      if token.kind == .leftParen, place > 1, tokens[place - 2].kind == .fn { isInside = true }
      if token.kind == .rightParen { isInside = false }
      if isInside, token.kind == .word { names.insert(source.text(of: token.span)) }
    }
    return names
  }

  /// Whether a text can be read in the place of a line, names what there is, and passes what is
  /// taken.
  ///
  /// - Parameter unknown: Names that may go on to name nothing: they are another fault.
  private func isSound(
    _ text: String, instead line: FaultyLine, unless unknown: Set<String>
  ) -> Bool {
    let code = text.replacing("…", with: "null") + line.closers
    let source = Source(name: line.source.name, text: code)
    let (body, faults) = Parser.read(source, host: host, registry: registry)
    guard faults.isEmpty else { return false }
    let resolved = Resolver.resolve(
      body, source, registry: registry, constants: constants, namespace: namespace, entry: entry,
      host: host, checksCalls: true)
    return resolved.problems.allSatisfy { problem in
      let diagnostic = problem.diagnostic
      guard let span = diagnostic.location?.span else { return false }
      switch diagnostic.code {
      case "outside-function", "outside-loop", "nested-import": return true
      case "unknown-name", "cannot-assign":
        let name = source.text(of: span)
        return unknown.contains(name) || line.isKnown(name)
      default: return false
      }
    }
  }
}
