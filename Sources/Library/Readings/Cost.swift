import Analysis
import Faults
import Language
import Transformers

extension Workbench {
  var costCommand: Builtin {
    Builtin(
      "cost", "Forecasts what a sweep takes, before it runs.",
      SweepParameters.prompt, SweepParameters.over, SweepParameters.action, SweepParameters.measure,
      returns: "record", family: .readings,
      alsoFoundAs: ["forecast", "how long", "memory", "time"],
      details: """
        It takes what `sweep` takes. One forward pass is run and timed, the rest is counted: \
        `layers_run` of the layers that the variants would run if nothing were shared, \
        floating-point `operations`, `seconds`, and the `megabytes` that come on top of the model.
        """,
      examples: [
        Example(
          """
          load "random-tiny"
          let c = cost (prompt "the cat") over: heads() do: zero measure: kl
          [c.variants, c.tokens, c.layers_run, c.layers_in_all]
          """, shows: "Heads of the second layer share the first.", gives: .numbers(8, 7, 12, 16)),
        Example(
          #"load "random-tiny"; cost (prompt "cat") over: [] do: zero measure: kl"#,
          shows: "There must be something to go over.", gives: .fails("empty-sweep")),
      ]
    ) { [self] context, input, places, action, metric throws(Failure) in
      let experiment = try experiment()
      let rows = try rows(of: input.prompts)
      let items = try places.items(for: experiment.model, rows: rows)
      let variants = try variants(items, action, context)
      var forecasts: [SweepForecast] = []
      for one in metric.metrics {
        let sweep = Sweep(experiment, rows: rows, variants: variants, metric: one)
        forecasts.append(try faultsAsFailures { () throws(Fault) in try sweep.forecast() })
      }
      return forecasts.record
    }
  }
}

extension [SweepForecast] {
  /// What several metrics cost, one sweep after the other.
  fileprivate var record: Value {
    func sum(_ part: (SweepForecast) -> Int) -> Value { .int(reduce(0) { $0 + part($1) }) }
    return .record(
      ("variants", .int(first?.variants ?? 0)),
      ("tokens", .int(first?.tokens ?? 0)),
      ("layers_run", sum(\.layersRun)),
      ("layers_in_all", sum(\.layersInAll)),
      ("operations", .number(reduce(0) { $0 + $1.operations })),
      ("forward_seconds", .number(map(\.forwardSeconds).max() ?? 0)),
      ("seconds", .number(reduce(0) { $0 + $1.seconds })),
      ("megabytes", .number(Double(map(\.bytes).max() ?? 0) / 1e6)))
  }
}
