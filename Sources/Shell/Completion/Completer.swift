import Foundation
import Language

/// Finds what may stand at the cursor: commands, parameters, bound names, fields, addresses, files.
struct Completer {
  let registry: Registry
  /// What the session has bound.
  let bindings: [(String, Value)]
  let source: any CompletionSource
  /// The folder that files are looked for in.
  let folder: String

  /// The candidates at a cursor, which is an offset in UTF-8.
  func completion(_ text: String, cursor: Int) -> Completion {
    let context = CursorContext(Self.prefix(text, cursor))
    switch context.place {
    case .comment: return Completion(word: "", candidates: [])
    case .string: return inString(context)
    case .callee: return sorted(context.word, callees(context.word))
    case .argument: return sorted(context.word, arguments(context))
    }
  }

  /// How the command at the cursor is called; empty when there is none.
  func hint(_ text: String, cursor: Int) -> String {
    let context = CursorContext(Self.prefix(text, cursor))
    guard context.place == .argument || context.place == .string else { return "" }
    if let command = registry.command(context.callee) { return command.signature }
    return binding(context.callee)?.function?.signature ?? ""
  }

  private static func prefix(_ text: String, _ cursor: Int) -> String {
    String(decoding: text.utf8.prefix(cursor), as: UTF8.self)
  }

  private func binding(_ name: String) -> Value? { bindings.first { $0.0 == name }?.1 }

  private func callees(_ word: String) -> [Completion.Candidate] {
    let entries = registry.entries.map {
      Completion.Candidate($0.name, note: $0.summary, suffix: " ")
    }
    return entries + names(word)
  }

  /// Bound names, fields behind a dot, and addresses.
  private func names(_ word: String) -> [Completion.Candidate] {
    if let dot = word.lastIndex(of: "."), let value = binding(String(word[..<dot])) {
      return Self.fields(of: value).map { Completion.Candidate(word[...dot] + $0) }
    }
    let addresses = word.isEmpty ? [] : source.candidates(kind: "address", prefix: word)
    return bindings.map { Completion.Candidate($0.0, note: $0.1.kind) }
      + addresses.map { Completion.Candidate($0, note: "address") }
  }

  private static func fields(of value: Value) -> [String] {
    switch value {
    case .record(let record): record.names
    case .table(let table): table.names
    case .host(let host): host.fieldNames
    default: []
    }
  }

  /// The parameters that are still to be given, then what can be their values.
  private func arguments(_ context: CursorContext) -> [Completion.Candidate] {
    let parameters = registry.command(context.callee)?.parameters ?? []
    if let parameter = parameters.first(where: { $0.name == context.parameter }) {
      return values(parameter, context.word) + names(context.word) + commands
    }
    let open = parameters.filter { !context.given.contains($0.name) }
    let named = open.map { parameter in
      Completion.Candidate(
        parameter.name + ":", note: "\(parameter.kind)  \(parameter.summary)", suffix: " ")
    }
    let positional = self.positional(parameters, context).map { values($0, context.word) } ?? []
    return named + positional + names(context.word) + (context.word.isEmpty ? [] : commands)
  }

  private var commands: [Completion.Candidate] {
    registry.commands.map { Completion.Candidate($0.name, note: $0.summary) }
  }

  /// The parameter that the operand at the cursor goes to.
  private func positional(
    _ parameters: [ParameterInfo], _ context: CursorContext
  ) -> ParameterInfo? {
    let places = parameters.filter { $0.isPositional && !(context.isPiped && $0.role == .piped) }
    if context.operands < places.count { return places[context.operands] }
    return places.last.flatMap { $0.role == .rest ? $0 : nil }
  }

  private func values(_ parameter: ParameterInfo, _ word: String) -> [Completion.Candidate] {
    let given = source.candidates(kind: parameter.kind, prefix: word)
    return (parameter.choices + given).map { Completion.Candidate($0) }
  }

  private func inString(_ context: CursorContext) -> Completion {
    let parameters = registry.command(context.callee)?.parameters ?? []
    let parameter =
      parameters.first { $0.name == context.parameter } ?? positional(parameters, context)
    let kinds = parameter.map { [$0.name, $0.kind] } ?? []
    let offered = kinds.flatMap { source.candidates(kind: $0, prefix: context.word) }
    let choices = (parameter?.choices ?? []) + offered
    let files = FileCandidates(folder: folder).all(context.word)
    return sorted(context.word, choices.map { Completion.Candidate($0, suffix: "\"") } + files)
  }

  /// Those that begin with the word, each once, in order.
  private func sorted(_ word: String, _ all: [Completion.Candidate]) -> Completion {
    var seen: Set<String> = []
    let fitting = all.filter { $0.text.hasPrefix(word) && seen.insert($0.text).inserted }
    return Completion(word: word, candidates: fitting.sorted { Self.precedes($0, $1) })
  }

  /// Parameters stand before all else.
  private static func precedes(_ a: Completion.Candidate, _ b: Completion.Candidate) -> Bool {
    let (first, second) = (a.text.hasSuffix(":"), b.text.hasSuffix(":"))
    return first == second ? a.text < b.text : first
  }
}
