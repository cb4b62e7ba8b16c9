import Analysis
import Faults
import Language
import Transformers

extension Workbench {
  /// What a prompt without a model says to begin with.
  public static var firstWords: String {
    #"`load "tiny-lm"` loads a small language model, `models` lists what is there"#
  }

  /// The model in use.
  ///
  /// - Throws: A failure that says how to load one when there is none.
  func current() throws(Failure) -> LoadedModel {
    guard let loaded = inUse else {
      throw Failure(
        "no-model", "no model is loaded",
        help:
          #"load "tiny-lm"   or   load "FOLDER" of a checkpoint;   models()   lists what is there"#)
    }
    return loaded
  }

  /// The model in use, if any.
  var inUse: LoadedModel? {
    read { state in state.models.first { $0.name == state.current } }
  }

  /// The model in use with its numbers and the interventions in force.
  func experiment() throws(Failure) -> Experiment { try experiment(on: try current()) }

  /// A model on the bench with its numbers and the interventions in force on it.
  func experiment(on loaded: LoadedModel) throws(Failure) -> Experiment {
    let runtime = try faultsAsFailures { () throws(Fault) in
      try loaded.model.runtime(settings.precision)
    }
    return Experiment(model: loaded.model, runtime: runtime, active: loaded.active.map(\.active))
  }

  /// Puts a model on the bench and uses it.
  ///
  /// One that came from the same place is replaced, with nothing active on it; the name gets a number where
  /// another model has it.
  func add(_ model: Model) -> LoadedModel {
    change { state in
      state.models.removeAll { $0.model.name == model.name && $0.model.folder == model.folder }
      var name = model.name
      var number = 2
      while state.models.contains(where: { $0.name == name }) {
        name = "\(model.name)-\(number)"
        number += 1
      }
      let loaded = LoadedModel(name: name, model: model)
      state.models.append(loaded)
      state.current = name
      return loaded
    }
  }

  /// Uses a model that is on the bench, and gives the name of the one before.
  @discardableResult
  func use(_ name: String?) -> String? {
    change { state in
      defer { state.current = name }
      return state.current
    }
  }

  /// Makes sure that nobody wrote into the files of the models that were used since the last call.
  func verifyUse() throws(Failure) {
    let uses = Model.useCount
    guard verifiedUses.exchange(uses, ordering: .relaxed) != uses else { return }
    let models = read { state in state.models.map(\.model) }
    for model in models {
      try faultsAsFailures { () throws(Fault) in try model.verifyUse() }
    }
  }

  /// The names of the models on the bench, in the order in which they were loaded.
  public var modelNames: [String] { read { $0.models.map(\.name) } }

  /// What a prompt shows: the model in use and, in brackets, how many interventions are active.
  ///
  /// Empty when no model is loaded.
  public var promptStatus: String {
    guard let loaded = inUse else { return "" }
    return loaded.active.isEmpty ? loaded.name : "\(loaded.name) [\(loaded.active.count)]"
  }
}

extension Workbench {
  /// How the model in use writes a masked token; nil where it has none.
  var maskText: String? {
    guard let tokenizer = try? inUse?.model.tokenizer() else { return nil }
    return tokenizer.special.mask.map { tokenizer.text(of: $0) }
  }
}
