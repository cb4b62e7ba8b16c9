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
    ] + sharedNotes
  }

  /// What is said of changes at keys or values that several heads share, as one of them is named.
  private var sharedNotes: [String] {
    guard let model = inUse?.model.description else { return [] }
    var notes: [String] = []
    for address in active.compactMap(\.active.intervention.target) {
      guard let reached = model.headsReached(bySharedPartOf: address) else { continue }
      let note = "\(address) is shared: it reaches \(reached)"
      if !notes.contains(note) { notes.append(note) }
    }
    return notes
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

extension ModelDescription {
  /// The heads that read the keys or values that an address names by one of them, as `H0 to H3`, where
  /// that are more than it names; nil elsewhere.
  func headsReached(bySharedPartOf address: Address) -> String? {
    guard case .head(let heads, let part, let cross) = address.part, part.isShared,
      let site = (try? sites(of: address))?.first?.site
    else { return nil }
    let block = blocks(of: site.stack)[site.layer]
    guard let attention = cross ? block.cross?.attention : block.attention,
      attention.groups < attention.heads, let named = heads.resolve(count: attention.heads)
    else { return nil }
    let reached = Set(named.map(attention.group(ofHead:))).sorted()
      .map(attention.heads(ofGroup:))
    guard reached.reduce(0, { $0 + $1.count }) > Set(named).count else { return nil }
    return reached.map { "H\($0.lowerBound) to H\($0.upperBound - 1)" }.joined(separator: ", ")
  }
}

extension Intervention {
  /// Checks that a model has what the intervention changes.
  func check(for model: Model) throws(Fault) {
    guard let target else { return }
    _ = try model.description.sites(of: target)
  }
}
