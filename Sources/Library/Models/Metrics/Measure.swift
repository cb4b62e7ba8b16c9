import Analysis
import Faults
import Language
import Transformers

extension Workbench {
  var measureCommand: Builtin {
    Builtin(
      "measure", "Reads a metric off a run.",
      Parameter<PromptInput>("prompt", "A prompt or a batch.", .piped),
      Parameter<MetricInput>("metric", "A metric, or a list of them."),
      returns: "number or table", family: .metrics, alsoFoundAs: ["evaluate", "metric"],
      details: """
        A prompt and a metric give a number. A batch gives a table with a row for each prompt, a \
        list of metrics one with a column for each.
        """,
      examples: [
        Example(
          #"load "random-tiny"; measure(prompt("the cat"), rank("s")) >= 1"#,
          shows: "One number.", gives: .flag(true)),
        Example(
          #"load "random-tiny"; (measure (batch ["the cat", "a"]) [entropy, rank("s")]) | keys"#,
          shows: "A table for a batch.", gives: .strings("row", "entropy", "rank")),
        Example(
          #"load "random-tiny"; measure (prompt "the cat") (rank "s" at: @9)"#,
          shows: "The position must be there.", gives: .fails("position-out-of-range")),
      ]
    ) { [self] context, input, metric throws(Failure) in
      let experiment = try experiment()
      let rows = try rows(of: input.prompts)
      var columns: [[Double]] = []
      for metric in metric.metrics {
        columns.append(
          try faultsAsFailures { () throws(Fault) in try experiment.measure(metric, on: rows) })
      }
      record(experiment, rows)
      if !input.isBatch && !metric.isList {
        if let note = noteOnce() { context.print(note) }
        return .number(columns[0][0])
      }
      return .table(measurementTable(columns, metric, isBatch: input.isBatch))
    }
  }

  private func measurementTable(_ columns: [[Double]], _ metric: MetricInput, isBatch: Bool)
    -> Table
  {
    let rows = columns[0].indices
    var all = isBatch ? [Table.Column("row", rows.map { .int($0) })] : []
    for (name, numbers) in zip(metric.columnNames, columns) {
      all.append(Table.Column(name, numbers.map { .number($0) }))
    }
    return Table(all, notes: notes)
  }
}
