import Language

extension Workbench {
  var useCommand: Builtin {
    Builtin(
      "use", "Uses a model that was loaded before.",
      Parameter<ModelChoice>("model", "A model, or its name.", .piped),
      returns: "model", family: .models, alsoFoundAs: ["switch", "select"],
      details: "Interventions stay with the model that they were applied to.",
      examples: [
        Example(
          #"let m = load "random-tiny"; (use m).name"#, shows: "A model is used by its value.",
          gives: .string("random-tiny")),
        Example(
          #"load "random-tiny"; use "random""#, shows: "Only loaded models can be used.",
          gives: .fails("model-not-found")),
      ]
    ) { [self] _, choice throws(Failure) in
      let loaded = try loaded(choice)
      use(loaded.name)
      return .host(ModelValue(loaded, on: self))
    }
  }

  /// The model on the bench that was chosen by an argument.
  func loaded(_ choice: ModelChoice, argument: String = "model") throws(Failure) -> LoadedModel {
    let models = read { $0.models }
    switch choice {
    case .value(let value):
      if let found = models.first(where: { $0.model === value.model }) { return found }
      return add(value.model)
    case .name(let name):
      if let found = models.first(where: { $0.name == name }) { return found }
      throw Failure(
        "model-not-found", "no model called \"\(name)\" is loaded", argument: argument,
        help: Suggestion.help(for: name, among: models.map(\.name))
          ?? "load it first:   load \(Value.quoted(name))")
    }
  }
}

/// A model by its value or by its name.
enum ModelChoice: Argument {
  case value(ModelValue)
  case name(String)

  static let kind = "model"

  static func from(_ value: Value) -> ModelChoice? {
    if case .string(let name) = value { return .name(name) }
    return ModelValue.from(value).map { .value($0) }
  }
}
