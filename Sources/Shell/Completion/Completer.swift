import Foundation
import Language

/// Finds what may stand at the cursor: commands, parameters, bound names, fields, values, files.
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
    case .string: return sorted(context.word, inString(context))
    case .callee: return sorted(context.word, callees(context))
    case .argument: return sorted(context.word, arguments(context))
    }
  }

  /// How the command at the cursor is called; empty when there is none.
  func hint(_ text: String, cursor: Int) -> String {
    let context = CursorContext(Self.prefix(text, cursor))
    guard context.place == .argument || context.place == .string else { return "" }
    if let command = registry.command(context.callee) { return command.signature }
    return value(of: context.callee)?.function?.signature ?? ""
  }

  private static func prefix(_ text: String, _ cursor: Int) -> String {
    String(decoding: text.utf8.prefix(cursor), as: UTF8.self)
  }

  /// What a word of the entry stands for: a bound name or a string, as far as that is known.
  private func value(of word: String) -> Value? {
    if word.count >= 2, let quote = word.first, quote == "\"" || quote == "'", word.last == quote {
      return .string(String(word.dropFirst().dropLast()))
    }
    return bindings.first { $0.0 == word }?.1
  }

  // MARK: Names

  private func callees(_ context: CursorContext) -> [Completion.Candidate] {
    if context.word.hasPrefix("@") { return positions(context) }
    let entries = registry.entries.map {
      Completion.Candidate($0.name, note: $0.summary, suffix: " ")
    }
    return entries + names(context)
  }

  /// Bound names, fields behind a dot, and addresses.
  private func names(_ context: CursorContext) -> [Completion.Candidate] {
    let word = context.word
    if let dot = word.lastIndex(of: ".") {
      let name = String(word[..<dot])
      if let value = value(of: name == "it" ? context.outer : name) {
        return Self.fields(of: value).map { Completion.Candidate(word[...dot] + $0) }
      }
    }
    let addresses = word.isEmpty ? [] : offers("address", context)
    return bindings.map { Completion.Candidate($0.0, note: $0.1.kind) } + addresses
  }

  private static func fields(of value: Value) -> [String] {
    switch value {
    case .record(let record): record.names
    case .table(let table): table.names
    case .host(let host): host.fieldNames
    case .list(let list): list.elements.first.map(fields) ?? []
    default: []
    }
  }

  // MARK: Arguments

  /// The parameters that are still to be given, then what can be their values.
  private func arguments(_ context: CursorContext) -> [Completion.Candidate] {
    if context.word.hasPrefix("@") { return positions(context) }
    let parameters = registry.command(context.callee)?.parameters ?? []
    if let parameter = parameters.first(where: { $0.name == context.parameter }) {
      return values(parameter, context) + names(context) + commands
    }
    let open = parameters.filter { !context.given.contains($0.name) }
    let named = open.map { parameter in
      Completion.Candidate(
        parameter.name + ":", note: "\(parameter.kind)  \(parameter.summary)", suffix: " ", rank: 0)
    }
    let positional = self.positional(parameters, context).map { values($0, context) } ?? []
    return named + positional + names(context) + (context.word.isEmpty ? [] : commands)
  }

  private var commands: [Completion.Candidate] {
    registry.commands.map { Completion.Candidate($0.name, note: $0.summary) }
  }

  /// The parameter that the operand at the cursor goes to.
  private func positional(
    _ parameters: [ParameterInfo], _ context: CursorContext
  ) -> ParameterInfo? {
    let places = parameters.filter { $0.isPositional && !(context.isPiped && $0.role == .piped) }
    if context.operands.count < places.count { return places[context.operands.count] }
    return places.last.flatMap { $0.role == .rest ? $0 : nil }
  }

  /// What may be a parameter's value outside a string; choices stand in strings there.
  private func values(
    _ parameter: ParameterInfo, _ context: CursorContext
  ) -> [Completion.Candidate] {
    let texts = parameter.choices + columns(parameter, context)
    let quoted = texts.map { Completion.Candidate(Value.quoted($0)) }
    let plain =
      (parameter.takesWord ? parameter.choices : [])
      + (parameter.kind.contains("boolean") ? ["true", "false"] : [])
    let words = plain.map { Completion.Candidate($0) }
    return quoted + words + offers(parameter.kind, context, parameter)
  }

  private func positions(_ context: CursorContext) -> [Completion.Candidate] {
    offers("position", context)
  }

  // MARK: Strings

  private func inString(_ context: CursorContext) -> [Completion.Candidate] {
    if context.isPosition { return offers("position", context, suffix: "\"") }
    let parameters = registry.command(context.callee)?.parameters ?? []
    let parameter =
      parameters.first { $0.name == context.parameter } ?? positional(parameters, context)
    guard let parameter else { return files(context) }
    let texts = parameter.choices + columns(parameter, context)
    let known =
      texts.map {
        Completion.Candidate(String(Value.quoted($0).dropFirst().dropLast()), suffix: "\"")
      } + offers(parameter.kind, context, parameter, suffix: "\"")
    // What takes a word of a few, or a column, takes no file.
    return texts.isEmpty ? known + files(context) : known
  }

  private func files(_ context: CursorContext) -> [Completion.Candidate] {
    FileCandidates(folder: folder).all(context.word)
  }

  /// The columns of the table, or the axes of the tensor, that the command works on.
  private func columns(_ parameter: ParameterInfo, _ context: CursorContext) -> [String] {
    let words = (parameter.name + " " + parameter.kind + " " + parameter.summary).lowercased()
    switch subject(context) {
    case .table(let table) where words.contains("column"): return table.names
    case .list(let list) where words.contains("column"):
      return list.elements.first.map(Self.fields) ?? []
    case .tensor(let tensor) where words.contains("axis") || words.contains("axes"):
      return tensor.axes.map(\.name)
    default: return []
    }
  }

  /// What the command at the cursor works on: what is piped in, or its first operand.
  private func subject(_ context: CursorContext) -> Value? {
    if context.isPiped { return value(of: context.input) }
    return context.operands.first.flatMap(value) ?? value(of: context.outer)
  }

  private func offers(
    _ kind: String, _ context: CursorContext, _ parameter: ParameterInfo? = nil,
    suffix: String = ""
  ) -> [Completion.Candidate] {
    let place = CompletionPlace(
      kind: kind, parameter: parameter.map { context.callee + "." + $0.name } ?? "",
      prefix: context.word, isInString: context.place == .string, subject: subject(context))
    return source.offers(for: place).map {
      Completion.Candidate($0.text, note: $0.note, suffix: suffix)
    }
  }

  /// Those that begin with the word, each once, in order: parameters, values, folders, files.
  private func sorted(_ word: String, _ all: [Completion.Candidate]) -> Completion {
    var seen: Set<String> = []
    let fitting = all.filter { $0.text.hasPrefix(word) && seen.insert($0.text).inserted }
    return Completion(
      word: word, candidates: fitting.sorted { ($0.rank, $0.text) < ($1.rank, $1.text) })
  }
}
