import Analysis
import Faults
import Language
import Transformers

extension Workbench {
  var receiptsCommand: Builtin {
    Builtin(
      "receipts", "Says what each intervention did in the last run.",
      returns: "table", family: .interventions, alsoFoundAs: ["effect", "fired", "what happened"],
      details: """
        `sites` is how many heads, groups or values the address matched, `fired` how often it acted, \
        `numbers` how many numbers it touched, `change` the length of the change over all of them, \
        and `effect` the divergence (kl, in nats) of the prediction at the last token from what it \
        would be with only the other interventions.
        """,
      examples: [
        Example(
          """
          load "random-tiny"
          ablate L1.H2
          predict (prompt "the cat");
          (receipts() | select "sites" "fired")
          """, shows: "One head was found, and switched off once.",
          gives: .table(("sites", .numbers(1)), ("fired", .numbers(1)))),
        Example(
          #"load "random-tiny"; receipts()"#, shows: "There must have been a run.",
          gives: .fails("no-run")),
      ]
    ) { [self] _ throws(Failure) in
      guard let run = lastRun else {
        throw Failure("no-run", "nothing has run yet", help: "run something first:   predict p")
      }
      return .table(try faultsAsFailures { () throws(Fault) in try run.receipts() })
    }
  }
}

extension LastRun {
  /// What each intervention did.
  fileprivate func receipts() throws(Fault) -> Table {
    let active = experiment.active
    var firings = self.firings ?? [:]
    if self.firings == nil, !active.isEmpty {
      firings = try experiment.run(rows, output: .last(of: rows.map(\.promptCount))).firings
    }
    let effects = try effects()
    var records: [Record] = []
    for (item, effect) in zip(active, effects) {
      let firing = firings[item.id] ?? Firing()
      records.append(
        Record([
          ("id", .int(item.id)), ("intervention", .string(item.intervention.summary)),
          ("sites", .int(try item.intervention.siteCount(in: experiment.model.description))),
          ("fired", .int(firing.times)), ("numbers", .int(firing.entries)),
          ("change", .number(firing.squaredChange.squareRoot())),
          ("effect", effect.map { .number($0) } ?? .null),
        ]))
    }
    return Table(
      rows: records,
      always: ["id", "intervention", "sites", "fired", "numbers", "change", "effect"],
      notes: [note])
  }

  private var note: String {
    let what = rows.count == 1 ? "the last run" : "the last run, of \(rows.count) prompts"
    return experiment.active.isEmpty ? "no intervention was active in \(what)" : "of \(what)"
  }

  /// For each intervention the divergence between the run without it and the run as it was, averaged
  /// over the prompts; nil where the model has no probabilities or the change is for new tokens only.
  private func effects() throws(Fault) -> [Double?] {
    let active = experiment.active
    guard !active.isEmpty, !experiment.model.description.logitGroups.isEmpty,
      experiment.model.description.output != nil
    else {
      return active.map { _ in nil }
    }
    let whole = try experiment.logits(rows)
    return try active.map { item throws(Fault) in
      if item.intervention.phase == .decode { return nil }
      var without = experiment
      without.active.removeAll { $0.id == item.id }
      let divergences = zip(try without.logits(rows), whole).map { before, after in
        experiment.model.description.divergence(before, to: after)
      }
      return divergences.reduce(0, +) / Double(max(divergences.count, 1))
    }
  }
}

extension Intervention {
  /// How many heads, groups, neurons or whole values the address matches.
  fileprivate func siteCount(in model: ModelDescription) throws(Fault) -> Int {
    guard let target else { return model.blocks.reduce(0) { $0 + $1.attention.heads } }
    return try model.sites(of: target).reduce(0) { $0 + max($1.components?.count ?? 1, 1) }
  }
}
