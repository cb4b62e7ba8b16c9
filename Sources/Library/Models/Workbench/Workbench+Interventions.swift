import Analysis
import Faults
import Language
import Transformers

extension Workbench {
  /// What is in force on the model in use, in the order in which it acts.
  var active: [AppliedIntervention] { inUse?.active ?? [] }

  /// Puts interventions in force on the model in use, after a check that it has their addresses.
  func apply(_ interventions: [Intervention], isScoped: Bool = false) throws(Failure)
    -> [AppliedIntervention]
  {
    let loaded = try current()
    for intervention in interventions {
      try faultsAsFailures { () throws(Fault) in try intervention.check(for: loaded.model) }
    }
    let applied = interventions.map {
      AppliedIntervention(active: ActiveIntervention(id: newID(), $0), isScoped: isScoped)
    }
    changeActive(of: loaded.name) { $0 += applied }
    return applied
  }

  /// Takes interventions back by their ids, wherever they are in force; gives those that were.
  @discardableResult
  func remove(_ ids: Set<Int>) -> [AppliedIntervention] {
    change { state in
      var removed: [AppliedIntervention] = []
      for index in state.models.indices {
        removed += state.models[index].active.filter { ids.contains($0.id) }
        state.models[index].active.removeAll { ids.contains($0.id) }
      }
      return removed
    }
  }

  private func changeActive(of name: String, _ body: (inout [AppliedIntervention]) -> Void) {
    change { state in
      guard let index = state.models.firstIndex(where: { $0.name == name }) else { return }
      body(&state.models[index].active)
    }
  }

  /// The line that stands under every result of a run while something is in force; none otherwise.
  var notes: [String] {
    let active = active
    guard !active.isEmpty else { return [] }
    let shown = active.prefix(4).map { "\($0.id): \($0.active.intervention.summary)" }
    let rest = active.count > shown.count ? [", …"] : []
    return [
      "under \(Value.count(active.count, "intervention")) (\(shown.joined(separator: ", "))\(rest.joined()))"
    ]
  }

  /// The note for a result that cannot carry one, such as a number: once after every change of what
  /// `apply` and `ablate` put in force.
  ///
  /// What a `with` puts in force stands beside the result in the source.
  func noteOnce() -> String? {
    let ids = active.filter { !$0.isScoped }.map(\.id)
    let isNew = change { state in
      defer { state.notedIDs = ids }
      return state.notedIDs != ids
    }
    return isNew && !ids.isEmpty ? notes.first : nil
  }
}

extension Intervention {
  /// Checks that a model has what the intervention changes.
  func check(for model: Model) throws(Fault) {
    guard let target else { return }
    _ = try model.description.sites(of: target)
  }
}
