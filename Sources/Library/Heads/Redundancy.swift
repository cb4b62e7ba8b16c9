import Analysis
import Faults
import Language
import Statistics
import Tensors
import Transformers

extension Workbench {
  var redundancyCommand: Builtin {
    Builtin(
      "redundancy", "Tells how much the heads of a layer repeat each other.",
      Parameter<CorpusInput>("corpus", "A corpus, texts or prompts.", .piped),
      Parameter<[AddressInput]>("layers", "Layers, such as L1; all of them if none.", .rest),
      Parameter<Bool>(
        "merge", "Go through all pairs, and measure what it costs to let one look for both.",
        .named, default: false),
      WeightChoice.parameter(.both),
      Parameter<Int?>(
        "seed", "For shuffling, masking and intervals; the session's by default.", .named,
        in: .from(0)),
      returns: "table", family: .heads,
      alsoFoundAs: ["identical heads", "similar heads", "prune", "merge", "diversity", "clones"],
      details: """
        The redundancy of H heads is 1 − exp(entropy of λ) / H, with λ the eigenvalues of the \
        cosines between heads as shares of their sum: 0 for heads at right angles, 1 − 1/H for H \
        copies of one head. `outputs` takes the cosines between what heads write over the texts, \
        with a 95 % interval over texts; `shuffled` is the same when each head's tokens stand in \
        an order of their own, so that only what they write everywhere alike is left. `weights` takes the \
        cosines between the matrices W_V·W_O, and `chance` is what independent random matrices \
        would give, (H − 1) / 2d². `random` is `outputs` of the same model with random weights.

        With `merge: true` there is a row for each pair of heads. If heads share queries and keys \
        they have one pattern, and are one head with both outputs; so `merged` is what the loss \
        gains when one of the two looks where the other does, whichever costs less, with `q`, the \
        rate of false discoveries at which it gains anything, and `silenced` what it gains when that \
        head writes nothing at all.
        """,
      examples: [
        Example(
          #"load "random-tiny"; (redundancy ["the cat sat", "a dog"]).layer"#,
          shows: "A row for each layer.", gives: .text("[L0.attn, L1.attn]")),
        Example(
          #"load "random-tiny"; redundancy ["the cat sat", "a dog"] L1 merge: true | len"#,
          shows: "Four heads make six pairs.", gives: .number(6)),
        Example(
          #"load "random-tiny"; redundancy ["the cat"] L1.mlp"#, shows: "An MLP has no heads.",
          gives: .fails("wrong-address")),
      ]
    ) { [self] context, corpus, addresses, merges, weights, seed throws(Failure) in
      let experiment = try experiment()
      let rows = try corpus.rows(for: experiment.model)
      let seed = self.seed(seed)
      let layers = try faultsAsFailures("layers") { () throws(Fault) in
        try experiment.model.description.attentionLayers(addresses.flatMap(\.addresses))
      }
      let measure = { (experiment: Experiment, label: String) throws(Failure) -> Table in
        let view = RedundancyView(
          experiment: experiment, rows: rows, layers: layers, seed: seed, context: context,
          suffix: label)
        return merges
          ? try view.pairs(notes: self.notes) : try view.layerTable(notes: self.notes)
      }
      return .table(
        merges
          ? try weights.table(
            experiment, seed: seed, summing: ["outputs", "weights", "merged", "silenced"], measure)
          : try weights.table(
            experiment, seed: seed, [("outputs", "random")], by: "layer", measure))
    }
  }
}

extension ModelDescription {
  /// The attention layers that addresses name, each as its first head; all of them for none.
  func attentionLayers(_ addresses: [Address]) throws(Fault) -> [HeadPlace] {
    if addresses.isEmpty { return Set(allHeads.map(\.layerKey)).sorted() }
    var layers: Set<HeadPlace> = []
    for address in addresses { layers.formUnion(try heads(of: address).map(\.layerKey)) }
    return layers.sorted()
  }
}

/// Redundancy as tables.
private struct RedundancyView {
  let experiment: Experiment
  let rows: [AnnotatedRow]
  let layers: [HeadPlace]
  let seed: UInt64
  let context: Context
  /// What stands behind the names of steps in progress.
  let suffix: String

  /// One row for each layer.
  func layerTable(notes: [String]) throws(Failure) -> Table {
    try faultsAsFailures { () throws(Fault) in
      let outputs = try experiment.headOutputs(
        rows, of: layers, seed: seed, progress: reportTexts)
      var records: [Record] = []
      var remarks: [String] = []
      for (layer, output) in zip(layers, outputs) {
        let written = output.redundancy(seed: seed)
        let weights = try weightRedundancy(output.heads)
        let pair = written.value.nearestPair
        let fields: [(String, Value)] = [
          ("layer", .host(layer.layerAddress)), ("outputs", .number(written.value.value)),
          ("low", .number(written.interval.low)), ("high", .number(written.interval.high)),
          ("shuffled", .number(written.null)), ("weights", .number(weights.value)),
          ("chance", .number(chance(output.heads.count))),
          ("nearest", pair.map { .string("H\($0.first.head) H\($0.second.head)") } ?? .null),
          ("cosine", pair.map { .number($0.cosine) } ?? .null),
        ]
        records.append(Record(fields))
        if !written.value.silent.isEmpty {
          let names = written.value.silent.map(\.description).joined(separator: ", ")
          remarks.append("left out, as they write nothing: \(names)")
        }
      }
      return Table(rows: records, notes: [about] + remarks + rows.oneTextNote + rows.notes + notes)
    }
  }

  private var about: String { "\(Value.count(rows.count, "text")); intervals 95 % over texts" }

  /// What independent heads of this width would give.
  private func chance(_ heads: Int) -> Double {
    let width = Double(experiment.model.description.width)
    return Double(heads - 1) / (2 * width * width)
  }

  private func weightRedundancy(_ heads: [HeadPlace]) throws(Fault) -> HeadRedundancy {
    let matrices = try heads.map { place throws(Fault) in
      try HeadMatrices(place, of: experiment.runtime).writing
    }
    var gram = Matrix(zeros: heads.count, heads.count)
    for first in heads.indices {
      for second in heads.indices where second >= first {
        let inner = matrices[first].inner(matrices[second])
        gram[first, second] = inner
        gram[second, first] = inner
      }
    }
    return HeadRedundancy(heads, gram: gram)
  }

  /// One row for each pair of heads, with what merging them costs.
  func pairs(notes: [String]) throws(Failure) -> Table {
    try faultsAsFailures { () throws(Fault) in
      let outputs = try experiment.headOutputs(
        rows, of: layers, seed: seed, progress: reportTexts)
      let tasks = try experiment.model.predictionTasks(rows.map(\.row), seed: seed)
      let answers = try experiment.classifierAnswers(tasks)
      let baseline = try experiment.losses(tasks, answers: answers)
      let heads = outputs.flatMap(\.heads)
      let without = try experiment.losses(withoutEach: heads, tasks, answers: answers) {
        done, total throws(Fault) in try report(done, of: total, "heads silenced")
      }
      let silenced = Dictionary(
        uniqueKeysWithValues: zip(heads, without.map { $0.minus(baseline) }))
      var records: [Record] = []
      var p: [Double] = []
      let total = outputs.reduce(0) { $0 + $1.heads.count * ($1.heads.count - 1) / 2 }
      for output in outputs {
        let written = output.redundancy(seed: seed).value
        let weights = try weightRedundancy(output.heads)
        for (place, first) in output.heads.enumerated() {
          for second in output.heads.dropFirst(place + 1) {
            try report(records.count, of: total, "pairs merged")
            let best = try cheaper(first, second, tasks, baseline, answers)
            let cost = estimate(best.changes, baseline)
            p.append(PermutationTest.paired(best.changes, lines: total, seed: seed).p)
            let alone = estimate(silenced[best.merged] ?? [], baseline)
            let fields: [(String, Value)] = [
              ("keep", .host(best.kept.address)), ("merge", .host(best.merged.address)),
              ("outputs", written.cosineValue(first, second)),
              ("weights", weights.cosineValue(first, second)),
              ("merged", .number(cost.value)), ("low", .number(cost.low)),
              ("high", .number(cost.high)), ("silenced", .number(alone.value)),
            ]
            records.append(Record(fields))
          }
        }
      }
      let loss = experiment.model.lossName
      let corrected = BenjaminiHochberg.adjusted(p)
      return Table(
        Table(
          rows: records,
          always: [
            "keep", "merge", "outputs", "weights", "merged", "low", "high", "silenced",
          ]
        ).columns + [Table.Column("q", corrected.map { .number($0) })],
        notes: [
          "\(about); merged and silenced: change of the \(loss) in nats, from "
            + NumberText.rounded(baseline.mean, digits: 4)
        ] + rows.oneTextNote + rows.notes + notes)
    }
  }

  private func reportTexts(_ done: Int, of total: Int) throws(Fault) {
    try report(done, of: total, "texts")
  }

  private func report(_ done: Int, of total: Int, _ label: String) throws(Fault) {
    if context.interruption.isRequested { throw .interrupted }
    context.output.progress(done, of: total, label + suffix)
  }

  private func cheaper(
    _ first: HeadPlace, _ second: HeadPlace, _ tasks: [PredictionTask], _ baseline: TextLosses,
    _ answers: [[Double]]?
  ) throws(Fault) -> HeadMerging {
    let one = try experiment.merging(
      second, into: first, tasks, baseline: baseline, answers: answers)
    let other = try experiment.merging(
      first, into: second, tasks, baseline: baseline, answers: answers)
    return one.changes.reduce(0, +) <= other.changes.reduce(0, +) ? one : other
  }

  private func estimate(_ changes: [Double], _ baseline: TextLosses) -> Estimate {
    Bootstrap.ratio(changes, baseline.counts, seed: seed)
  }
}

extension HeadRedundancy {
  /// The cosine of two heads; null where one is silent.
  fileprivate func cosineValue(_ first: HeadPlace, _ second: HeadPlace) -> Value {
    guard let row = heads.firstIndex(of: first), let column = heads.firstIndex(of: second) else {
      return .null
    }
    return .number(cosines[row, column])
  }
}

extension HeadPlace {
  /// The address of the attention layer.
  var layerAddress: Address {
    Address(stack: stack, layers: .one(layer), part: .attn(cross: isCross))
  }
}
