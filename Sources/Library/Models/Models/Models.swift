import Language

extension Workbench {
  var modelsCommand: Builtin {
    Builtin(
      "models", "Lists the models that are loaded.",
      returns: "table", family: .models,
      examples: [
        Example(
          #"load "random-tiny"; models() | first 1 | select "name" "layers" "heads""#,
          shows: "What is loaded, and how large it is.",
          gives: .table(
            ("name", .strings("random-tiny")), ("layers", .numbers(2)), ("heads", .numbers(4))))
      ]
    ) { [self] _ throws(Failure) in .table(modelTable) }
  }

  private var modelTable: Table {
    let state = read { $0 }
    let rows = state.models.map { loaded in
      let description = loaded.model.description
      return Record([
        ("name", .string(loaded.name)), ("used", .bool(loaded.name == state.current)),
        ("family", .string(description.family)), ("layers", .int(description.blocks.count)),
        ("heads", .int(description.blocks.first?.attention.heads ?? 0)),
        ("width", .int(description.width)), ("parameters", .int(loaded.model.parameterCount)),
        ("interventions", .int(loaded.active.count)),
      ])
    }
    return Table(rows: rows, notes: rows.isEmpty ? ["no model is loaded"] : [])
  }
}
