import Analysis
import Faults
import Language
import Statistics
import Transformers

extension Workbench {
  var streamMixingCommand: Builtin {
    Builtin(
      "stream_mixing", "Measures what a token keeps and what it receives at each step.",
      Parameter<CorpusInput>("texts", "A corpus, texts or prompts.", .piped),
      Parameter<StreamMethod>(
        "method",
        "All measures beside each other, one with interval and null, or how well they agree.",
        .named, default: .all, choices: StreamMethod.choices),
      Parameter<ReceiverTokens>(
        "tokens", "Whose streams: those of `plain` tokens, of `special` ones, or of `all`.",
        .named, default: .plain, choices: ReceiverTokens.choices),
      Parameter<Int>(
        "jacobian_texts", "In how many texts the Jacobian is measured, which takes long.", .named,
        default: 5, in: .from(0)),
      Parameter<Int?>(
        "seed", "What is drawn from; the session's seed by default.", .named, in: .from(0)),
      returns: "table", family: .representations,
      alsoFoundAs: ["residual stream", "context", "dominates", "kept", "identity", "Jacobian"],
      details: """
        At each step y = r + a: the stream r, and what attention or the MLP adds. `share` is what a \
        has of y, ⟨a, y⟩ / ‖y‖²; with the part of r it makes 1, and it leaves 0 to 1 when the two \
        cancel. `norm` is ‖a‖ / (‖a‖ + ‖r‖). `kept_cosine` is that of r and y (with `method: \
        "cosine"` also `received_cosine` of a and y and `both_cosine` of r and a). `mixing` is what \
        comes from other tokens (see `mixing_ratio`). Behind each layer stand two that count from \
        the first layer on: `rollout` is one less the diagonal of attention rollout with the measured \
        ratios in place of one half, `jacobian` one less the token's own part of the lengths of \
        ∂h[l]_i / ∂h[0]_j: an estimate from four random vectors for each of four tokens of a text, \
        whose bias the jackknife takes away.

        `method: "share"` and its like give the 95 % interval over texts (`low`, `high`), the value \
        of the same model with random weights, and how many tokens have none. `method: \
        "agreement"` gives Spearman's coefficients between measures over tokens of the same layer, \
        at attention; `found` tests them over texts by Student's t (two-sided, from four texts on) and \
        corrects for their number (Benjamini–Hochberg, q 0.05). All of these \
        rise with what is received; the kept cosine is taken from 1 for it. A norm behind the sum \
        does not take part in shares and cosines, only in `mixing`.
        """,
      examples: [
        Example(
          #"load "random-tiny"; (stream_mixing "the cat" jacobian_texts: 0).at | len"#,
          shows: "Attention and MLP of two layers.", gives: .number(4)),
        Example(
          #"load "random-tiny"; (stream_mixing "the cat" method: "share").skipped | sum"#,
          shows: "One measure, with interval and null.", gives: .number(0)),
        Example(
          #"load "random-tiny"; stream_mixing "the cat" method: "half""#,
          shows: "Methods have names.", gives: .fails("unknown-choice")),
      ]
    ) { [self] context, input, method, tokens, texts, seed throws(Failure) in
      let experiment = try experiment()
      let rows = try input.rows(for: experiment.model)
      let prompts = rows.map(\.row)
      var options = StreamMixingOptions(
        tokens: tokens, jacobianRows: texts, seed: self.seed(seed))
      if !method.needsJacobian { options.jacobianRows = 0 }
      let mixing = try faultsAsFailures { () throws(Fault) in
        try experiment.streamMixing(
          over: prompts, options, progress: context.steps("stream mixing"))
      }
      record(experiment, prompts)
      let table = StreamTable(
        mixing: mixing, model: experiment.model.description, rows: rows.count,
        seed: options.seed)
      let under = rows.notes + notes
      switch method {
      case .all: return .table(table.all(notes: under))
      case .agreement: return .table(table.agreement(notes: under))
      default:
        let random = try faultsAsFailures { () throws(Fault) in
          try experiment.randomised(seed: options.seed).streamMixing(
            over: prompts, options, progress: context.steps("the same with random weights"))
        }
        return .table(table.detail(method.measures, random: random, notes: under))
      }
    }
  }
}

/// What is shown of a stream's mixing.
enum StreamMethod: String, ChoiceArgument {
  case all, share, norm, cosine, mixing, rollout, jacobian, agreement

  static let kind = "method"

  var needsJacobian: Bool { [.all, .jacobian, .agreement].contains(self) }

  var measures: [StreamMeasure] {
    switch self {
    case .cosine: [.keptCosine, .receivedCosine, .bothCosine]
    default: StreamMeasure(rawValue: rawValue).map { [$0] } ?? []
    }
  }
}

extension ReceiverTokens: ChoiceArgument {
  /// What messages call it.
  public static var kind: String { "kind of token" }
}

/// Measures of streams as tables.
private struct StreamTable {
  let mixing: StreamMixing
  let model: ModelDescription
  let rows: Int
  let seed: UInt64

  private func value(_ number: Double) -> Value { number.isNaN ? .null : .number(number) }
  private func address(_ update: Int) -> Value { .host(model.address(of: mixing.updates[update])) }

  func all(notes: [String]) -> Table {
    let measures: [StreamMeasure] = [
      .share, .norm, .keptCosine, .mixing, .rollout, .jacobian,
    ]
    let shown = measures.filter { measure in
      mixing.updates.indices.contains { !mixing.mean($0, measure).isNaN }
    }
    let columns = shown.map { measure in
      Table.Column(
        measure.rawValue, mixing.updates.indices.map { value(mixing.mean($0, measure)) })
    }
    var own = [
      "the two shares add up to 1 within \(NumberText.bound(mixing.shareError))"
    ]
    if mixing.jacobianRows > 0, mixing.jacobianRows < rows {
      own.append("the Jacobian of \(Value.count(mixing.jacobianRows, "text"))")
    }
    return Table(
      [Table.Column("at", mixing.updates.indices.map(address))] + columns,
      notes: [own.joined(separator: "; ")] + notes)
  }

  func detail(_ measures: [StreamMeasure], random: StreamMixing, notes: [String]) -> Table {
    var records: [Record] = []
    for update in mixing.updates.indices {
      for measure in measures {
        guard let estimate = mixing.reading(update, measure, seed: seed) else { continue }
        var fields: [(String, Value)] = [("at", address(update))]
        if measures.count > 1 { fields.append(("measure", .string(measure.rawValue))) }
        fields += [
          ("mean", value(estimate.value)),
          ("low", rows == 1 ? .null : value(estimate.low)),
          ("high", rows == 1 ? .null : value(estimate.high)),
          ("random", value(random.mean(update, measure))),
          ("skipped", .int(mixing.skipped(update, measure))),
        ]
        records.append(Record(fields))
      }
    }
    return Table(rows: records, notes: Estimate.notes(texts: rows) + notes)
  }

  func agreement(notes: [String]) -> Table {
    let agreements = mixing.agreements(seed: seed)
    let found = BenjaminiHochberg.discoveries(agreements.map(\.p))
    return Table(
      [
        Table.Column("first", agreements.map { .string($0.first.rawValue) }),
        Table.Column("second", agreements.map { .string($0.second.rawValue) }),
        Table.Column("correlation", agreements.map { value($0.correlation.value) }),
        Table.Column("low", agreements.map { value($0.correlation.low) }),
        Table.Column("high", agreements.map { value($0.correlation.high) }),
        Table.Column("found", zip(agreements, found).map { $0.p.isNaN ? .null : .bool($1) }),
        Table.Column("tokens", agreements.map { .int($0.count) }),
      ], notes: Estimate.notes(texts: rows) + notes)
  }
}
