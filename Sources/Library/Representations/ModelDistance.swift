import Analysis
import Faults
import Language
import Statistics
import Transformers

extension Workbench {
  var modelDistanceCommand: Builtin {
    Builtin(
      "model_distance",
      "Measures how far apart what models make of the same texts lies, layer by layer.",
      Parameter<CorpusInput>("corpus", "Texts.", .piped),
      Parameter<[ModelValue]>("models", "Two models or more, as `load` gives them."),
      Parameter<Int>("tokens", "The most tokens or words.", .named, default: 5_000, in: .from(1)),
      SampleParameters.side,
      SampleParameters.seed,
      returns: "table", family: .representations,
      alsoFoundAs: ["pwcca", "similarity of models", "seeds", "tasks", "bottom-up"],
      details: """
        `distance` is the PWCCA distance between the vectors that two models have for the same \
        tokens, the mean of the two weightings (`by_first`, `by_second`). What is far shows against \
        models that differ in their seed alone (Voita, Sennrich and Titov 2019). `null` is the \
        distance of views that have nothing to do with each other.

        Where the models cut the texts into different tokens, words are compared, each the mean of \
        its pieces. Special tokens are left out. Of models with different depths, layers at the \
        same share of the depth are compared.
        """,
      examples: [
        Example(
          """
          let m = load "random-tiny"
          let t = model_distance (corpus "english" count: 60) [m, m] tokens: 400
          t | each { round(it.distance, places: 6) == 0 }
          """, shows: "A model is nothing away from itself.",
          gives: .value(.list(of: [.bool(true), .bool(true), .bool(true)]))),
        Example(
          #"let m = load "random-tiny"; model_distance "the cat" [m]"#,
          shows: "There must be two models.", gives: .fails("too-few-models")),
      ]
    ) { [self] context, corpus, models, tokens, side, seed throws(Failure) in
      guard models.count > 1 else {
        throw Failure(
          "too-few-models", "a distance is between two models, and there is only one",
          argument: "models", help: #"for instance   [load "tiny-lm", load "tiny-mlm"]"#)
      }
      var readers: [ModelDistance.Reader] = []
      for model in models {
        let experiment = try experiment(of: model)
        let own = experiment.model.description.stacks.count > 1 ? side : nil
        readers.append(
          ModelDistance.Reader(
            experiment, try self.tokens(of: corpus, for: experiment, own)))
      }
      guard Set(readers.map(\.corpus.rows.count)).count == 1 else {
        throw Failure(
          "no-shared-units", "some texts have no tokens for one of the models",
          argument: "corpus", help: "leave these texts out")
      }
      var options = ModelDistance.Options()
      (options.tokens, options.seed) = (tokens, self.seed(seed))
      return try faultsAsFailures { () throws(Fault) in
        let found = try ModelDistance(readers, options, progress: context.progress("distance"))
        return .table(
          found.table(models.map(\.name), notes: readers.flatMap(\.corpus.rows.notes) + notes))
      }
    }
  }
}

extension ModelDistance {
  fileprivate func table(_ names: [String], notes: [String]) -> Table {
    let columns: [(String, (Pair) -> Value)] = [
      ("layer", { .int($0.layer) }),
      ("first", { .string(names[$0.first]) }),
      ("second", { .string(names[$0.second]) }),
      ("distance", { .number($0.distance.distance.value) }),
      ("low", { .number($0.distance.distance.low) }),
      ("high", { .number($0.distance.distance.high) }),
      ("null", { .number($0.distance.null) }),
      ("by_first", { .number($0.distance.first) }),
      ("by_second", { .number($0.distance.second) }),
    ]
    var said = [
      Value.count(units, isByWord ? "word" : "token")
        + (isByWord ? ", each the mean of its pieces: the models cut texts differently" : ""),
      ViewDistance.legend, RepresentationNotes.layers,
    ]
    if isDepthMixed { said.append("layers at the same share of the models' depths") }
    said += pairs.compactMap(\.distance.notes.first).prefix(1)
    return Table(
      columns.map { name, value in Table.Column(name, pairs.map(value)) }, notes: said + notes)
  }
}

extension Workbench {
  /// A model that was given as a value, with its numbers and what is in force on it.
  func experiment(of value: ModelValue) throws(Failure) -> Experiment {
    let runtime = try faultsAsFailures { () throws(Fault) in
      try value.model.runtime(settings.precision)
    }
    let loaded = read { state in state.models.first { $0.name == value.name } }
    let isSame = loaded?.model === value.model
    return Experiment(
      model: value.model, runtime: runtime,
      active: isSame ? loaded?.active.map(\.active) ?? [] : [])
  }
}
