import Analysis
import Faults
import Language
import Transformers

extension Workbench {
  var sweepCommand: Builtin {
    Builtin(
      "sweep", "Runs a prompt once for each of many interventions, and measures every time.",
      SweepParameters.prompt, SweepParameters.over, SweepParameters.action, SweepParameters.measure,
      returns: "table", family: .sweeps,
      alsoFoundAs: ["scan", "patching", "for each head", "knockout"],
      details: """
        The table has a row for each: the address and its parts, the metric's `value`, and its \
        `change` from what it is without the row's intervention, all that is active staying in \
        force. An address at `@*` is taken position by position. Layers before the first change \
        are run once and shared, and rows that begin at one layer run together. Several metrics are \
        read off the same runs.
        """,
      examples: [
        Example(
          """
          load "random-tiny"
          sweep (prompt "the cat") over: heads() do: zero measure: (logit "s") | len
          """, shows: "Every head is switched off once.", gives: .number(8)),
        Example(
          """
          load "random-tiny"
          let q = prompt "the dog"
          let t = sweep (prompt "the cat") over: residuals() do: { site => patch site from: q } measure: kl
          t | keys
          """, shows: "The stream is patched at every layer and position.",
          gives: .strings("address", "layer", "position", "token", "value", "change")),
        Example(
          #"load "random-tiny"; sweep (prompt "cat") over: [] do: zero measure: kl"#,
          shows: "There must be something to go over.", gives: .fails("empty-sweep")),
      ]
    ) { [self] context, input, places, action, metric throws(Failure) in
      let experiment = try experiment()
      let rows = try rows(of: input.prompts)
      let items = try places.items(for: experiment.model, rows: rows)
      let variants = try variants(items, action, context)
      let sources = try faultsAsFailures { () throws(Fault) in
        try SweepSources(variants, rows, experiment.model).column
      }
      let table = try SweepTable(
        experiment, rows: rows, items: items, variants: variants, metric: metric, context: context)
      record(experiment, rows)
      return .table(table.table(sources: sources, notes: notes))
    }
  }

  /// The interventions that the block makes of each item.
  func variants(
    _ items: [SweepItem], _ action: FunctionValue, _ context: Context
  ) throws(Failure) -> [Sweep.Variant] {
    var variants: [Sweep.Variant] = []
    for item in items {
      try context.interruption.check()
      let made = try context.call(action, [item.value])
      guard let input = try InterventionInput.from(made), !input.interventions.isEmpty else {
        throw Failure(
          "wrong-type", "`do` must give an intervention, not \(made.kindWithArticle)",
          argument: "do", help: "for instance   do: zero   or   do: { site => scale site by: 0.5 }")
      }
      variants.append(
        Sweep.Variant(label: item.value.plainText, interventions: input.interventions))
    }
    return variants
  }
}

/// What a sweep came to, ready to be a table.
private struct SweepTable {
  let items: [SweepItem]
  let metric: MetricInput
  private let results: [Sweep.Result]

  init(
    _ experiment: Experiment, rows: [PromptRow], items: [SweepItem], variants: [Sweep.Variant],
    metric: MetricInput, context: Context
  ) throws(Failure) {
    self.items = items
    self.metric = metric
    let sweep = Sweep(experiment, rows: rows, variants: variants, metrics: metric.metrics)
    results = try faultsAsFailures { () throws(Fault) in
      try sweep.run { done, total throws(Fault) in
        context.output.progress(done, of: total, "sweep")
        if context.interruption.isRequested { throw .interrupted }
      }
    }
  }

  func table(sources: Table.Column?, notes: [String]) -> Table {
    var columns = SweepItem.columns(items)
    if let sources { columns.append(sources) }
    var baselines: [String] = []
    for (name, result) in zip(metric.columnNames, results) {
      let values = result.values.map { Value.number($0) }
      let changes = result.changes.map { Value.number($0) }
      columns.append(Table.Column(metric.isList ? name : "value", values))
      columns.append(Table.Column(metric.isList ? "\(name)_change" : "change", changes))
      baselines.append("\(name) \(NumberText.rounded(result.baseline))")
    }
    let note = "change is from \(baselines.joined(separator: ", "))"
    return Table(columns, notes: [note] + notes)
  }
}
