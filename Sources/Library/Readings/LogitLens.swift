import Analysis
import Faults
import Language
import Transformers

extension Workbench {
  var logitLensCommand: Builtin {
    Builtin(
      "logit_lens", "Reads every layer's residual stream as a prediction.",
      Parameter<PromptInput>("prompt", "A prompt or a batch.", .piped),
      Parameter<PositionSelector?>(
        "at", "Where; at the mask of a masked model, else at the last token, if none.", .named),
      Parameter<Int>("top", "How many of the likeliest tokens.", .named, default: 3, in: .from(1)),
      returns: "table", family: .readings,
      alsoFoundAs: ["lens", "early exit", "unembed", "residual stream", "settling"],
      details: """
        Each layer's stream goes through the final norm, with statistics of its own, and the \
        vocabulary. `rank` is that of the token which the model itself predicts, `kl` the \
        divergence of the reading from the model's prediction, in nats. The last row is the \
        model's own prediction; that it is, is checked every time. With several positions, `heatmap` \
        draws the prompt's tokens across and writes the predicted ones into the cells: \
        `logit_lens p at: @* | heatmap`.
        """,
      examples: [
        Example(
          #"load "random-tiny"; (logit_lens (prompt "the cat")).layer"#,
          shows: "What enters the first block, and what leaves each.",
          gives: .text("[L0.resid.pre, L0.resid.post, L1.resid.post]")),
        Example(
          #"load "random-tiny"; let t = logit_lens (prompt "the cat"); [t[2].rank, t[2].kl]"#,
          shows: "The last row is the model's own prediction.", gives: .numbers(1, 0)),
        Example(
          #"load "random-tiny"; logit_lens (prompt "the cat") at: @9"#,
          shows: "The position must be there.", gives: .fails("position-out-of-range")),
      ]
    ) { [self] _, input, selector, top throws(Failure) in
      let experiment = try experiment()
      let rows = try rows(of: input.prompts)
      return try faultsAsFailures { () throws(Fault) in
        let lenses = try rows.map { row throws(Fault) in
          try experiment.logitLens(row, at: selector, top: top)
        }
        record(experiment, rows)
        return .table(
          try LensTable(
            rows: rows, lenses: lenses, isBatch: input.isBatch, model: experiment.model
          ).table(notes: notes))
      }
    }
  }
}

/// Lenses as a table, one row for each reading.
private struct LensTable {
  let rows: [PromptRow]
  let lenses: [[LogitLens]]
  let isBatch: Bool
  let model: Model

  func table(notes: [String]) throws(Fault) -> Table {
    let tokenizer = try model.tokenizer()
    func text(_ id: Int) -> String { tokenizer?.text(of: id) ?? "\(id)" }
    let hasSeveral = lenses.contains { $0.count > 1 }
    var records: [Record] = []
    var settling: [String] = []
    for (row, own) in lenses.enumerated() {
      for lens in own {
        let place = (isBatch ? "row \(row), " : "") + "@\(lens.position)"
        let since = lens.settling.map { ", first on top at \($0)" } ?? ""
        settling.append(
          "\(place): the model's answer is \(Value.quoted(text(lens.answer)))\(since)")
        for reading in lens.readings {
          var fields: [(String, Value)] = isBatch ? [("row", .int(row))] : []
          if hasSeveral {
            fields.append(("position", .int(lens.position)))
            fields.append(("input", .string(rows[row].texts[lens.position])))
          }
          fields += self.fields(reading, text)
          records.append(Record(fields))
        }
      }
    }
    let columns = Table(rows: records).columns.map { column in
      column.name == "probability"
        ? Table.Column(column.name, column.values, style: .bar(maximum: 1)) : column
    }
    let shown = settling.count > 8 ? Array(settling.prefix(8)) + ["…"] : settling
    return Table(columns, notes: shown + notes)
  }

  private func fields(_ reading: LogitLens.Reading, _ text: (Int) -> String) -> [(String, Value)] {
    let first = reading.top.first
    return [
      ("layer", .host(reading.address)),
      ("token", first.map { .string(text($0.id)) } ?? .null),
      ("id", first.map { .int($0.id) } ?? .null),
      ("probability", first.map { .number($0.probability) } ?? .null),
      ("next", .list(of: reading.top.dropFirst().map { .string(text($0.id)) })),
      ("rank", .int(reading.answerRank)),
      ("entropy", .number(reading.entropy)),
      ("kl", .number(reading.divergence)),
    ]
  }
}
