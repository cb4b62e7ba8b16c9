import Faults
import Language
import Training
import Transformers

extension Workbench {
  var modelsCommand: Builtin {
    Builtin(
      "models", "Lists the models that are loaded and those that come with the program.",
      Parameter<String?>("name", "One of those that come with the program, for its card."),
      Parameter<Bool>(
        "measure", "Whether the card's scores are measured again, which takes a minute.", .named,
        default: false),
      returns: "table", family: .models, alsoFoundAs: ["zoo", "built-in", "card", "scores"],
      details: """
        Without a name: what is loaded, and behind it what `load` finds by name alone. With a name: \
        what that model is for, how it was trained, and what it scored on data that it was not \
        trained on.
        """,
      examples: [
        Example(
          #"load "random-tiny"; models() | first 1 | select "name" "layers" "heads""#,
          shows: "What is loaded, and how large it is.",
          gives: .table(
            ("name", .strings("random-tiny")), ("layers", .numbers(2)), ("heads", .numbers(4)))),
        Example(
          #"models "no-such-model""#, shows: "Only what comes with the program has a card.",
          gives: .fails("model-not-found")),
      ]
    ) { [self] context, name, measure throws(Failure) in
      guard let name else { return .table(modelTable) }
      guard var card = BuiltInModels.own.card(of: name),
        let folder = BuiltInModels.own.place(of: name)
      else {
        throw Failure(
          "model-not-found", "no model \"\(name)\" comes with the program", argument: "name",
          help: Suggestion.help(for: name, among: BuiltInModels.own.names)
            ?? "models()   lists those that do")
      }
      if measure {
        context.output.progress(0, of: 1, "measuring \(name)")
        card.scores = try faultsAsFailures { () throws(Fault) in
          try ModelScores.measure(folder, card.recipe)
        }
      }
      return card.value
    }
  }

  private var modelTable: Table {
    let state = read { $0 }
    let areChanged = state.models.contains { !$0.active.isEmpty }
    let loaded = state.models.map { model in
      row(of: model, isInUse: model.name == state.current, withInterventions: areChanged)
    }
    let table = Table(rows: loaded + BuiltInModels.own.names.map(row(ofBuiltIn:)))
    return Table(
      table.columns.map {
        $0.name == "purpose" ? Table.Column($0.name, $0.values, style: .prose) : $0
      })
  }

  private func row(
    of loaded: LoadedModel, isInUse: Bool, withInterventions: Bool
  ) -> Record {
    let model = loaded.model.description
    var fields: [(String, Value)] = [
      ("name", .string(loaded.name)), ("state", .string(isInUse ? "in use" : "loaded")),
      (
        "purpose",
        loaded.model.folder.flatMap(ModelCard.init(in:)).map { .string($0.purpose) } ?? .null
      ),
      ("kind", .string(model.family)), ("layers", .int(model.blocks.count)),
      ("heads", .int(model.blocks.first?.attention.heads ?? 0)), ("width", .int(model.width)),
      ("parameters", .int(loaded.model.parameterCount)),
    ]
    if withInterventions { fields.append(("interventions", .int(loaded.active.count))) }
    return Record(fields)
  }

  private func row(ofBuiltIn name: String) -> Record {
    guard let card = BuiltInModels.own.card(of: name) else {
      let fields: [(String, Value)] = [("name", .string(name)), ("state", .string("built in"))]
      return Record(fields)
    }
    let plan = card.recipe.model
    let fields: [(String, Value)] = [
      ("name", .string(name)), ("state", .string("built in")),
      ("purpose", .string(card.purpose)), ("kind", .string(card.recipe.objective.rawValue)),
      ("layers", .int(plan.layers)),
      ("heads", .int(plan.heads)), ("width", .int(plan.width)),
      ("parameters", .int(card.parameters)), ("loss", .number(card.trainingLoss)),
      ("reached", .string(card.reached)),
    ]
    return Record(fields)
  }
}

extension ModelCard {
  /// How many of the scores that must reach something reach it.
  fileprivate var reached: String {
    let aims = scores.filter { $0.wanted != nil }
    return aims.isEmpty ? "" : "\(aims.count(where: \.isReached)) of \(aims.count)"
  }

  /// The card as a record.
  fileprivate var value: Value {
    let fields: [(String, Value)] = [
      ("name", .string(recipe.name)), ("purpose", .string(purpose)),
      ("objective", .string(recipe.objective.rawValue)), ("parameters", .int(parameters)),
      ("megabytes", .number(Double(BuiltInModels.own.size(of: recipe.name)) / 1e6)),
      ("model", shape), ("recipe", settings), ("loss", .number(trainingLoss)),
      ("scores", .table(scoreTable)),
    ]
    return .record(Record(fields))
  }

  private var shape: Value {
    let plan = recipe.model
    return .record(
      ("layers", .int(plan.layers)), ("heads", .int(plan.heads)), ("width", .int(plan.width)),
      ("inner", .int(plan.inner)), ("context", .int(plan.context)))
  }

  private var settings: Value {
    let plan = recipe.optimiser
    return .record(
      ("steps", .int(plan.steps)), ("batch", .int(plan.batch)), ("rate", .number(plan.rate)),
      ("seed", .int(Int(truncatingIfNeeded: recipe.seed))),
      ("dropout", .number(recipe.tokenDropout)))
  }
}
