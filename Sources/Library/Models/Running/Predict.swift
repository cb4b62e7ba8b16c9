import Analysis
import Faults
import Language
import Transformers

extension Workbench {
  var predictCommand: Builtin {
    Builtin(
      "predict", "Shows the likeliest tokens at a position.",
      Parameter<PromptInput>("prompt", "A prompt or a batch.", .piped),
      Parameter<Int>("top", "How many tokens.", .named, default: 10, in: .from(1)),
      Parameter<PositionSelector?>(
        "at", "Where; the last token, or the masked ones in a masked model.", .named),
      returns: "table", family: .running,
      alsoFoundAs: ["next token", "logits", "probabilities", "classify", "labels", "diff"],
      details: """
        A causal model predicts the token behind a position, a masked one the token there. A \
        classifier has one prediction for the whole prompt, shown with its labels, one block for \
        each of its tasks. Where labels do not exclude one another (problem_type \
        multi_label_classification) each has a probability of its own; a regression has values, \
        and no probabilities.
        """,
      examples: [
        Example(
          #"load "random-tiny"; predict (prompt "the cat") top: 2 | len"#,
          shows: "The two likeliest tokens.", gives: .number(2)),
        Example(
          #"load "random-tiny"; sum((predict (prompt "the cat") top: 260).probability) | round 6"#,
          shows: "Probabilities of all tokens sum to one.", gives: .number(1)),
        Example(
          #"load "random-tiny"; predict (prompt "the cat") at: @12"#,
          shows: "The position must be there.", gives: .fails("position-out-of-range")),
      ]
    ) { [self] _, input, top, at throws(Failure) in
      .table(try prediction(input, top: top, at: at))
    }
  }

  private func prediction(_ input: PromptInput, top: Int, at: PositionSelector?) throws(Failure)
    -> Table
  {
    let experiment = try experiment()
    let rows = try rows(of: input.prompts)
    let positions = try faultsAsFailures { () throws(Fault) in
      try rows.map { row throws(Fault) in
        try row.predictedPositions(at, in: experiment.model)
      }
    }
    let result = try faultsAsFailures { () throws(Fault) in
      try experiment.run(rows, output: OutputRequest(positions: positions))
    }
    record(experiment, rows, firings: result.firings)
    let notes = input.prompts.compactMap { $0.maskNote(for: experiment.model) }.prefix(1) + notes
    if let classes = experiment.model.description.classification {
      return LabelTable(
        classes, logits: result.logitRows, top: top, isBatch: input.isBatch
      ).table(notes: Array(notes) + rows.imageNotes)
    }
    let predictions = PredictionTable(
      rows: rows, positions: positions, logits: result.logitRows, top: top,
      isBatch: input.isBatch, model: experiment.model)
    return try faultsAsFailures { () throws(Fault) in try predictions.table(notes: Array(notes)) }
  }
}

extension PromptRow {
  /// Where a prediction is read when the user does not say.
  fileprivate func predictedPositions(_ at: PositionSelector?, in model: Model) throws(Fault)
    -> [Int]
  {
    if model.description.classification != nil {
      guard at == nil else {
        throw Fault(
          "conflicting-arguments", "a classifier has one prediction for the whole prompt",
          help: "leave out `at`:   predict p")
      }
      return [0]
    }
    if let at { return try resolve(at) }
    if model.description.isCausal { return [try resolveOne(.indices([-1]))] }
    let masked = tokens.indices.filter { tokens[$0].maskedID != nil }
    guard !masked.isEmpty else {
      throw Fault(
        "nothing-masked", "a masked model predicts masked tokens, and none is masked",
        help: "mask one, as in   predict (mask p @3)   or say where:   predict p at: @3")
    }
    return masked
  }
}

/// The likeliest tokens of several positions as a table.
private struct PredictionTable {
  let rows: [PromptRow]
  let positions: [[Int]]
  let logits: [[Double]]
  let top: Int
  let isBatch: Bool
  let model: Model

  func table(notes: [String]) throws(Fault) -> Table {
    let tokenizer = try model.tokenizer()
    let hasSeveral = positions.contains { $0.count > 1 }
    var records: [Record] = []
    var next = 0
    for (index, places) in positions.enumerated() {
      for place in places {
        let distribution = Distribution(logits: logits[next])
        next += 1
        for id in distribution.top(top) {
          var fields: [(String, Value)] = isBatch ? [("row", .int(index))] : []
          if hasSeveral { fields.append(("position", .int(place))) }
          fields.append(("token", .string(tokenizer?.text(of: id) ?? "\(id)")))
          fields.append(("id", .int(id)))
          fields.append(("probability", .number(distribution.probability(id))))
          fields.append(("logit", .number(distribution.logits[id])))
          records.append(Record(fields))
        }
      }
    }
    return Table(rows: records).withProbabilityBars(notes: notes)
  }
}

/// The labels of a classifier with their probabilities as a table, one block for each task.
private struct LabelTable {
  let classes: ClassificationDescription
  let logits: [[Double]]
  let top: Int
  let isBatch: Bool

  init(_ classes: ClassificationDescription, logits: [[Double]], top: Int, isBatch: Bool) {
    self.classes = classes
    self.logits = logits
    self.top = top
    self.isBatch = isBatch
  }

  func table(notes: [String]) -> Table {
    var records: [Record] = []
    for (index, logits) in logits.enumerated() {
      for task in classes.tasks {
        let distribution = Distribution(logits: Array(logits[task.columns]))
        let order =
          classes.reading == .value
          ? Array(task.labels.indices.prefix(top)) : distribution.top(top)
        for place in order {
          var fields: [(String, Value)] = isBatch ? [("row", .int(index))] : []
          if let name = task.name { fields.append(("task", .string(name))) }
          fields.append(("label", .string(task.labels[place])))
          fields.append(("id", .int(task.columns.lowerBound + place)))
          let logit = distribution.logits[place]
          switch classes.reading {
          case .choice: fields.append(("probability", .number(distribution.probability(place))))
          case .independent:
            fields.append(
              ("probability", .number(Distribution(logits: [logit, 0]).probability(0))))
          case .value: break
          }
          fields.append((classes.reading == .value ? "value" : "logit", .number(logit)))
          records.append(Record(fields))
        }
      }
    }
    return Table(rows: records).withProbabilityBars(notes: notes)
  }
}

extension Table {
  /// The same table with its probabilities shown as bars.
  fileprivate func withProbabilityBars(notes: [String]) -> Table {
    let columns = columns.map { column in
      column.name == "probability"
        ? Table.Column(column.name, column.values, style: .bar(maximum: 1)) : column
    }
    return Table(columns, notes: notes)
  }
}
