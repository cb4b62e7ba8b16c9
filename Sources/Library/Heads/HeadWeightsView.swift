import Analysis
import Faults
import Language
import Statistics
import Tensors
import Transformers

/// Sizes, and what they have to do with losses, as tables.
struct HeadWeightsView {
  let experiment: Experiment
  let places: [HeadPlace]
  let sizes: [HeadSize]
  private var use: HeadUse?
  private var roles: [HeadMeasure] = []
  private var remarks: [String] = []
  private var seed: UInt64 = 0

  /// The columns that weights decide.
  static let scores = ["norm", "top", "rank", "unembed", "readers", "writes", "loss"]

  init(experiment: Experiment, places: [HeadPlace]) throws(Fault) {
    self.experiment = experiment
    self.places = places
    sizes = try HeadSize.measure(places, of: experiment.runtime)
    if try HeadMatrices(places[0], of: experiment.runtime).isApproximate {
      remarks.append(
        "norms stand on the stream itself, so what other layers see of a head is only near to this")
    }
  }

  mutating func measure(
    _ rows: [AnnotatedRow], _ ablation: HeadAblation, withRoles: Bool, seed: UInt64,
    progress: (Int, Int, String) throws(Fault) -> Void
  ) throws(Fault) {
    self.seed = seed
    let prompts = rows.map(\.row)
    let tasks =
      experiment.model.description.output == nil
      ? nil : try experiment.model.predictionTasks(prompts, seed: seed)
    use = try experiment.use(
      of: places, over: rows, tasks: tasks, ablation: ablation, progress: progress)
    if withRoles {
      roles = try experiment.roleMeasures(of: places, over: rows, seed: seed) {
        done, total throws(Fault) in try progress(done, total, "roles")
      }
    }
    var line = Value.count(rows.count, "text")
    if let baseline = use?.baseline {
      line +=
        "; loss: change of the \(experiment.model.lossName) in nats, from "
        + NumberText.rounded(baseline.mean, digits: 4)
    }
    remarks = [line] + remarks + rows.oneTextNote + rows.notes
  }

  func table(notes: [String]) throws(Fault) -> Table {
    var columns = [
      Table.Column("head", sizes.map { .host($0.place.address) }),
      Table.Column("norm", sizes.map { .number($0.norm) }),
      Table.Column("top", sizes.map { .number($0.top) }),
      Table.Column("rank", sizes.map { .number($0.effectiveRank) }),
      Table.Column("share", sizes.map { .number($0.share) }),
      Table.Column("unembed", sizes.map { $0.unembedding.map { .number($0) } ?? .null }),
      Table.Column("readers", sizes.map { $0.readers.map { .number($0) } ?? .null }),
    ]
    if let use {
      columns.append(Table.Column("writes", use.writes(seed).map { .number($0.value) }))
      if let losses = use.losses(seed) {
        let corrected = BenjaminiHochberg.adjusted(losses.map(\.p))
        columns += [
          Table.Column("loss", losses.map { .number($0.estimate.value) }),
          Table.Column("low", losses.map { .number($0.estimate.low) }),
          Table.Column("high", losses.map { .number($0.estimate.high) }),
          Table.Column("q", corrected.map { .number($0) }),
        ]
      }
    }
    return Table(columns, notes: remarks + notes)
  }

  func tests(notes: [String]) throws(Fault) -> Table {
    guard let use, let losses = use.losses(seed) else {
      throw Fault("no-logits", "this model has no logits, so nothing can be lost")
    }
    let corrected = BenjaminiHochberg.adjusted(losses.map(\.p))
    let harmless = zip(losses, corrected).map { loss, q in
      loss.estimate.value <= 0 || q > 0.05
    }
    let keys = Set(places.map(\.layerKey)).sorted()
    let layers = places.map { place in keys.firstIndex(of: place.layerKey) ?? 0 }
    let all = HeadSizeTest.run(
      sizes: [
        HeadMeasure("norm", sizes.map(\.norm)), HeadMeasure("rank", sizes.map(\.effectiveRank)),
        HeadMeasure("unembed", sizes.map { $0.unembedding ?? .nan }),
        HeadMeasure("readers", sizes.map { $0.readers ?? .nan }),
      ],
      measures: [
        HeadMeasure("loss", losses.map(\.estimate.value)),
        HeadMeasure("writes", use.writes(seed).map(\.value)),
      ] + roles,
      importance: "loss", harmless: harmless, layers: layers, seed: seed
    )
    let found = all.filter { !$0.result.observed.isNaN }
      .sorted { ($0.kind == .rank ? 1 : 0, $0.result.p) < ($1.kind == .rank ? 1 : 0, $1.result.p) }
    guard !found.isEmpty else {
      throw Fault(
        "too-few-heads",
        "\(Value.count(places.count, "head")) in "
          + "\(Value.count(keys.count, "layer")) are too few to compare inside layers",
        help: "take all heads of layers that have two or more")
    }
    return Table(
      [
        Table.Column("test", found.map { .string($0.kind.rawValue) }),
        Table.Column("size", found.map { .string($0.size) }),
        Table.Column("measure", found.map { .string($0.measure) }),
        Table.Column("value", found.map { .number($0.result.observed) }),
        Table.Column("null", found.map { .number($0.result.nullMean) }),
        Table.Column("p", found.map { .number($0.result.p) }),
        Table.Column("q", found.map { .number($0.corrected) }),
      ],
      notes: remarks + [
        "\(harmless.count { $0 }) of \(Value.count(places.count, "head")) can be silenced at no cost"
      ] + warnings(all, layers) + notes)
  }

  /// What keeps tests from saying much, or from being made.
  private func warnings(_ tests: [HeadSizeTest], _ layers: [Int]) -> [String] {
    var lines: [String] = []
    let orders = Dictionary(grouping: layers) { $0 }.values.reduce(1.0) { product, layer in
      product * (1...layer.count).reduce(1.0) { $0 * Double($1) }
    }
    if orders < 100 {
      lines.append(
        "inside layers these heads have \(NumberText.shortest(orders)) orders, so no p is below "
          + NumberText.rounded(1 / orders, digits: 2))
    }
    let missing = tests.filter { $0.result.observed.isNaN }
    if !missing.isEmpty {
      let names = missing.map { "\($0.kind.rawValue) of \($0.size) and \($0.measure)" }
      let shown = names.prefix(3).joined(separator: ", ")
      lines.append(
        "not made, for lack of numbers that differ: \(shown)"
          + (names.count > 3 ? " and \(names.count - 3) more" : ""))
    }
    return lines
  }
}

extension HeadUse {
  /// The mean length of what each head writes at a token.
  fileprivate func writes(_ seed: UInt64) -> [Estimate] {
    Bootstrap.ratios(lengths, tokens, seed: seed)
  }

  /// What the loss gains without each head, with the p-value of signs drawn anew.
  fileprivate func losses(_ seed: UInt64) -> [(estimate: Estimate, p: Double)]? {
    guard let changes, let baseline else { return nil }
    let counts = Matrix(rows: changes.rows, columns: 1, baseline.counts)
    let estimates = Bootstrap.ratios(changes, counts, seed: seed)
    return estimates.enumerated().map { column, estimate in
      let test = PermutationTest.paired(
        changes.column(column), lines: changes.columns, seed: seed)
      return (estimate, test.p)
    }
  }
}
