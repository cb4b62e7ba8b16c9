import Analysis
import Faults
import Testing
import Transformers

/// A sweep, which shares layers and batches variants, gives what each variant gives alone.
@Suite struct SweepTests {
  private func expectSharedEqualsAlone(
    _ fixture: Fixture, _ precision: Precision, rows: [PromptRow], active: [Intervention] = [],
    metric: Metric, batchTokens: Int, isTaken: (String) -> Bool = { _ in true }
  ) throws {
    let cases = try fixture.cases().filter { isTaken($0.name) }
    var experiment = try fixture.experiment(precision, active)
    let sweep = Sweep(
      experiment, rows: rows,
      variants: cases.map { .init(label: $0.name, interventions: $0.interventions) },
      metrics: [metric], batchTokens: batchTokens)
    var done = 0
    let result = try #require(try sweep.run { count, _ in done = count }.first)
    #expect(done == cases.count)
    let baseline = mean(try experiment.measure(metric, on: rows))
    #expect(abs(result.baseline - baseline) <= roundingLimit(precision) * max(1, abs(baseline)))
    for (value, (label, interventions)) in zip(result.values, cases) {
      experiment.active = (active + interventions).enumerated().map {
        ActiveIntervention(id: $0 + 1, $1)
      }
      let alone = mean(try experiment.measure(metric, on: rows))
      #expect(
        abs(value - alone) <= roundingLimit(precision) * max(1, abs(alone)), "\(label): \(value)")
    }
  }

  private func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }

  @Test(arguments: Fixture.names, Precision.allCases)
  func everyKindOfVariant(name: String, precision: Precision) throws {
    let fixture = try Fixture(name)
    try expectSharedEqualsAlone(
      fixture, precision, rows: [try fixture.row(), try fixture.row(Fixture.source)],
      metric: Metric(.logitDiff(.id(7), .id(3))), batchTokens: 64)
  }

  @Test(arguments: Fixture.names, Precision.allCases)
  func promptsOfDifferentLengths(name: String, precision: Precision) throws {
    let fixture = try Fixture(name)
    let needEqual = ["patch", "resample", "replace L1.H0.pattern"]
    try expectSharedEqualsAlone(
      fixture, precision, rows: [try fixture.row(Fixture.longer), try fixture.row()],
      metric: Metric(.kl), batchTokens: 512,
      isTaken: { label in !needEqual.contains { label.hasPrefix($0) } })
  }

  @Test(arguments: Fixture.names, Precision.allCases)
  func underActiveInterventions(name: String, precision: Precision) throws {
    let fixture = try Fixture(name)
    let vector = try fixture.array([16], Fixture.vector(16, 2))
    let patch = Intervention.Action.patch(from: fixture.prompt(Fixture.source), sourceAt: nil)
    let active = [
      Intervention(.steer(vector, by: 1), at: try Address(parsing: "L1.resid.pre")),
      Intervention(.zero, at: try Address(parsing: "L0.H3")),
      Intervention(patch, at: try Address(parsing: "L2.H1")),
      Intervention(.scale(0.7), at: try Address(parsing: "final@-1")),
    ]
    try expectSharedEqualsAlone(
      fixture, precision, rows: [try fixture.row()], active: active,
      metric: Metric(.logProb(.id(7))), batchTokens: 40)
  }

  @Test func aVariantThatNeverFiresIsAnError() throws {
    let fixture = try Fixture("gpt2")
    let cut = Intervention(
      .cut(from: .indices([1]), to: .indices([4])), at: try Address(parsing: "L1.H0"))
    let zero = Intervention(.zero, at: try Address(parsing: "L1.mlp"))
    for interventions in [[cut], [zero, cut]] {
      let sweep = Sweep(
        try fixture.experiment(.single), rows: [try fixture.row()],
        variants: [.init(label: "L1.H0", interventions: interventions)], metrics: [Metric(.entropy)]
      )
      let error = #expect(throws: Fault.self) { _ = try sweep.run { _, _ in } }
      #expect(error?.code == "never-fired")
    }
  }

  /// Several metrics, some of which have longer rows, give what each gives alone, in fewer runs.
  @Test(arguments: Fixture.names, Precision.allCases)
  func severalMetricsAreReadOffTheSameRuns(name: String, precision: Precision) throws {
    let fixture = try Fixture(name)
    let metrics = [
      Metric(.kl), Metric(.logit(.id(7))), Metric(.logitDiff(.id(7), .id(3))),
      Metric(.entropy, at: .indices([0])), Metric(.prob(.id(5))), Metric(.rank(.id(2))),
    ]
    let cases = try fixture.cases()
    let sweep = Sweep(
      try fixture.experiment(precision),
      rows: [try fixture.row(), try fixture.row(Fixture.source)],
      variants: cases.map { .init(label: $0.name, interventions: $0.interventions) },
      metrics: metrics)
    var last = (0, 0)
    let together = try sweep.run { last = ($0, $1) }
    #expect(last == (cases.count, cases.count))
    #expect(together.count == metrics.count)
    for (metric, found) in zip(metrics, together) {
      var single = sweep
      single.metrics = [metric]
      let alone = try #require(try single.run { _, _ in }.first)
      for (one, other) in zip([found.baseline] + found.values, [alone.baseline] + alone.values) {
        #expect(
          abs(one - other) <= roundingLimit(precision) * max(1, abs(other)), "\(metric): \(one)")
      }
    }
    var six = sweep
    six.metrics = Array(repeating: Metric(.kl), count: 6)
    var one = sweep
    one.metrics = [Metric(.kl)]
    let (forecast, alone) = (try six.forecast(), try one.forecast())
    #expect(forecast.operations == alone.operations && forecast.layersRun == alone.layersRun)
  }

  @Test func aForecastCountsSharedLayers() throws {
    let fixture = try Fixture("llama")
    let variants = try (0..<3).map { layer in
      Sweep.Variant(
        label: "L\(layer)",
        interventions: [Intervention(.zero, at: try Address(parsing: "L\(layer).mlp"))])
    }
    let sweep = Sweep(
      try fixture.experiment(.single), rows: [try fixture.row()], variants: variants,
      metrics: [Metric(.entropy)])
    let forecast = try sweep.forecast()
    #expect(forecast.variants == 3 && forecast.tokens == 6)
    #expect(forecast.layersRun == 3 + 2 + 1 && forecast.layersInAll == 9)
    // One layer and one vocabulary product, counted by hand.
    let projections: Double = 6 * 2 * 16 * (16 + 8 + 8 + 16)
    let mlp: Double = 6 * 2 * 16 * 3 * 24
    let edges: Double = 4 * 16 * 21
    let layer = projections + mlp + edges
    let output: Double = 2 * 16 * 23
    #expect(forecast.operations == 3 * layer + output + 6 * layer + 3 * output)
    #expect(forecast.forwardSeconds > 0 && forecast.bytes > 0)
    let ratio = forecast.operations / (3 * layer + output)
    #expect(abs(forecast.seconds - ratio * forecast.forwardSeconds) < 1e-9)
  }
}
