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
      let sweep = Sweep(experiment, rows: rows, variants: variants, metrics: metric.metrics)
      return try faultsAsFailures { () throws(Fault) in try sweep.forecast() }.record
    }
  }
}

extension SweepForecast {
  fileprivate var record: Value {
    .record(
      ("variants", .int(variants)),
      ("tokens", .int(tokens)),
      ("layers_run", .int(layersRun)),
      ("layers_in_all", .int(layersInAll)),
      ("operations", .number(operations)),
      ("forward_seconds", .number(forwardSeconds)),
      ("seconds", .number(seconds)),
      ("megabytes", .number(Double(bytes) / 1e6)))
  }
}
