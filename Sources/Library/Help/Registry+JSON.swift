import Language

extension Registry {
  /// Everything that is declared, as `--describe` prints it for other programs.
  public var json: JSON {
    .object([
      (
        "families",
        .array(
          families.map {
            .object([("name", .string($0.name)), ("title", .string($0.title))])
          })
      ),
      ("entries", .array(entries.map(\.json))),
    ])
  }
}

extension Builtin {
  /// The declaration as data.
  fileprivate var json: JSON {
    var fields: [(String, JSON)] = [
      ("name", .string(name)), ("form", .string(isCommand ? "command" : "keyword")),
      ("family", .string(family.name)), ("signature", .string(signature)),
      ("summary", .string(summary)),
    ]
    if isCommand {
      fields.append(("parameters", .array(parameters.map(\.json))))
      fields.append(("returns", .string(returns)))
      fields.append(("writes_files", .bool(writesFiles)))
    }
    if !searchWords.isEmpty {
      fields.append(("search_words", .array(searchWords.map { .string($0) })))
    }
    if !details.isEmpty { fields.append(("details", .string(details))) }
    fields.append(("examples", .array(examples.map(\.json))))
    return .object(fields)
  }
}

extension ParameterInfo {
  /// The declaration as data.
  fileprivate var json: JSON {
    .object([
      ("name", .string(name)), ("kind", .string(kind)), ("role", .string(role.rawValue)),
      ("required", .bool(isRequired && role != .rest)),
      ("default", defaultText.map { .string($0) } ?? .null),
      ("takes_word", .bool(takesWord)),
      ("choices", .array(choices.map { .string($0) })), ("summary", .string(summary)),
    ])
  }
}

extension Example {
  /// The example as data; `gives` is the value as `--json` shows it.
  fileprivate var json: JSON {
    var fields: [(String, JSON)] = [("code", .string(code)), ("shows", .string(shows))]
    switch outcome {
    case .value(let value): fields.append(("gives", value.displayJSON))
    case .text(let text): fields.append(("prints", .string(text)))
    case .fails(let code): fields.append(("fails", .string(code)))
    case .runs: break
    case .notRun(let reason): fields.append(("not_run", .string(reason)))
    }
    return .object(fields)
  }
}
