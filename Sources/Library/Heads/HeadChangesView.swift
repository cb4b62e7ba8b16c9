import Analysis
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
    let changes = try onModel("against") { () throws(ModelError) in
      try places.map { place throws(ModelError) in
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
      let (old, new) = (try needs(of: before, corpus), try needs(of: after, corpus))
      let gains = zip(new, old).map { $0 - $1 }
      columns.append(Table.Column("gain", gains.map { .number($0) }))
      remarks.append(relation(of: changes.map(\.writing), to: gains))
    }
    return Table(columns, notes: remarks + notes)
  }

  /// What the loss gains without each head.
  private func needs(of experiment: Experiment, _ corpus: CorpusInput) throws(Failure) -> [Double] {
    let rows = try corpus.rows(for: experiment.model)
    return try onModel { () throws(ModelError) in
      let tasks = try experiment.model.predictionTasks(rows.map(\.row), seed: seed)
      let use = try experiment.use(of: places, over: rows, tasks: tasks, ablation: ablation) {
        done, total, label throws(ModelError) in
        if context.interruption.isRequested { throw .interrupted }
        context.output.progress(done, of: total, "\(label), \(experiment.model.name)")
      }
      guard let changes = use.changes, let baseline = use.baseline else { return [] }
      let count = max(baseline.counts.reduce(0, +), 1)
      return (0..<changes.columns).map { changes.column($0).reduce(0, +) / count }
    }
  }

  private func relation(of changes: [Double], to gains: [Double]) -> String {
    let keys = Set(places.map(\.layerKey)).sorted()
    let layers = places.map { place in keys.firstIndex(of: place.layerKey) ?? 0 }
    let test = PermutationTest.withinGroups(layers, tail: .either, seed: seed) { order in
      RankCorrelation.partialSpearman(order.map { changes[$0] }, gains, groups: layers)
    }
    let rho = NumberText.rounded(test.observed, digits: 2)
    return "gain: how much more the loss needs the head than before; inside layers it goes with "
      + "writing at rho \(rho) (p \(NumberText.rounded(test.p, digits: 2)))"
  }
}
