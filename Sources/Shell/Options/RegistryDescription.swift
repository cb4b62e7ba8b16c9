import Language

/// The registry as JSON, for tools that want to know the commands.
struct RegistryDescription {
  let version: String
  let registry: Registry

  var json: JSON {
    .object([
      ("version", .string(version)),
      ("commands", .array(registry.entries.map(Self.json))),
    ])
  }

  private static func json(_ entry: Builtin) -> JSON {
    .object([
      ("name", .string(entry.name)), ("summary", .string(entry.summary)),
      ("signature", .string(entry.signature)), ("family", .string(entry.family.name)),
      ("command", .bool(entry.isCommand)), ("returns", .string(entry.returns)),
      ("writesFiles", .bool(entry.writesFiles)), ("details", .string(entry.details)),
      ("searchWords", .array(entry.searchWords.map { .string($0) })),
      ("parameters", .array(entry.parameters.map(json))),
      (
        "examples",
        .array(
          entry.examples.map {
            .object([("code", .string($0.code)), ("shows", .string($0.shows))])
          })
      ),
    ])
  }

  private static func json(_ parameter: ParameterInfo) -> JSON {
    .object([
      ("name", .string(parameter.name)), ("summary", .string(parameter.summary)),
      ("kind", .string(parameter.kind)), ("role", .string(parameter.role.rawValue)),
      ("default", parameter.defaultText.map { .string($0) } ?? .null),
      ("choices", .array(parameter.choices.map { .string($0) })),
    ])
  }
}
