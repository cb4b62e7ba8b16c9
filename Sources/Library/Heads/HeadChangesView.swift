import Analysis
import Faults
import Language
import Statistics
import Tensors
import Transformers

/// What changed in heads from one checkpoint to another, as a table.
struct HeadChangesView {
  let before: Experiment
  let after: Experiment
  let places: [HeadPlace]
  let ablation: HeadAblation
  let seed: UInt64
  let context: Context

  func table(_ corpus: CorpusInput?, notes: [String]) throws(Failure) -> Table {
    let changes = try faultsAsFailures("against") { () throws(Fault) in
      try places.map { place throws(Fault) in
        try HeadChange(place, before: before.runtime, after: after.runtime)
      }
    }
    var columns = [
      Table.Column("head", changes.map { .host($0.place.address) }),
      Table.Column("before", changes.map { .number($0.before) }),
      Table.Column("after", changes.map { .number($0.after) }),
      Table.Column("writing", changes.map { .number($0.writing) }),
      Table.Column("looking", changes.map { .number($0.looking) }),
      Table.Column("cosine", changes.map { .number($0.cosine) }),
    ]
    var remarks = [
      "from \(before.model.name) to \(after.model.name); writing and looking: the change of "
        + "W_V·W_O and of W_Q·W_Kᵀ as a share of what it was"
    ]
    if let corpus {
      let (old, new) = (try use(of: before, corpus), try use(of: after, corpus))
      let gains = try gains(from: old, to: new)
      columns += gains.map(\.estimate).columns("gain")
      columns.append(
        Table.Column("q", BenjaminiHochberg.adjusted(gains.map(\.p)).map { .number($0) }))
      let needs = gains.map(\.estimate.value)
      let grown = changes.map { $0.after - $0.before }
      remarks.append(
        "gain: how much more the loss needs the head than before, in nats; inside layers it goes with "
          + "after − before at \(relation(of: grown, to: needs)), with writing at "
          + relation(of: changes.map(\.writing), to: needs))
    }
    return Table(columns, notes: remarks + notes)
  }

  /// What the loss on each text gains without each head.
  private func use(of experiment: Experiment, _ corpus: CorpusInput) throws(Failure) -> HeadUse {
    let rows = try corpus.rows(for: experiment.model)
    return try faultsAsFailures { () throws(Fault) in
      let tasks = try experiment.model.predictionTasks(rows.map(\.row), seed: seed)
      return try experiment.use(of: places, over: rows, tasks: tasks, ablation: ablation) {
        done, total, label throws(Fault) in
        if context.interruption.isRequested { throw .interrupted }
        context.output.progress(done, of: total, "\(label), \(experiment.model.name)")
      }
    }
  }

  /// How much more each head is needed than before, with how likely that is by chance.
  private func gains(from old: HeadUse, to new: HeadUse) throws(Failure)
    -> [(estimate: Estimate, p: Double)]
  {
    guard let first = old.changes, let second = new.changes, let counts = new.baseline?.counts,
      old.baseline?.counts == counts
    else {
      throw Failure(
        "different-models",
        "\(before.model.name) and \(after.model.name) predict different tokens of the texts",
        argument: "against", help: "compare checkpoints with one vocabulary and one objective")
    }
    return (0..<first.columns).map { column in
      let gains = zip(second.column(column), first.column(column)).map { $0 - $1 }
      return (
        Bootstrap.ratio(gains, counts, seed: seed),
        PermutationTest.paired(gains, lines: first.columns, seed: seed).p
      )
    }
  }

  private func relation(of changes: [Double], to gains: [Double]) -> String {
    let keys = Set(places.map(\.layerKey)).sorted()
    let layers = places.map { place in keys.firstIndex(of: place.layerKey) ?? 0 }
    let test = PermutationTest.withinGroups(layers, tail: .either, seed: seed) { order in
      RankCorrelation.partialSpearman(order.map { changes[$0] }, gains, groups: layers)
    }
    guard !test.observed.isNaN else { return "no rho: there are too few heads" }
    return "rho \(NumberText.rounded(test.observed, digits: 2)) "
      + "(p \(NumberText.rounded(test.p, digits: 2)))"
  }
}
