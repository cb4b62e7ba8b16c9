import Analysis
import Faults
import Language
import Transformers

extension Workbench {
  var directAttributionCommand: Builtin {
    Builtin(
      "direct_attribution", "Takes a logit apart into what each head, MLP and embedding wrote.",
      Parameter<SinglePrompt>("prompt", "A prompt.", .piped),
      Parameter<MetricInput>("of", "`logit` or `logit_diff`, at any position.", .named),
      Parameter<AttributionGrain>(
        "by",
        "\"part\" for each head and MLP, \"layer\" for both of a layer together, or \"source\" for "
          + "each head and the token that it attends to.", .named, default: .part,
        choices: AttributionGrain.choices),
      returns: "table", family: .readings,
      alsoFoundAs: ["direct logit attribution", "DLA", "logit attribution", "contribution"],
      details: """
        The last stream is a sum: of the token's row and the position's, of biases, and of what every \
        head and MLP added at the position that is read. The final norm divides by what it divided \
        by in the run, so the logit is the sum of the `value` of all rows, the logit's own bias \
        among them; the note says how exactly. A part that matters only through later parts has \
        nothing here: compare with a sweep of `zero`. Elhage et al. 2021.
        """,
      examples: [
        Example(
          """
          load "random-tiny"
          let p = prompt "the cat"
          let t = direct_attribution p of: (logit "s")
          close(sum(t.value), measure(p, logit("s")), within: 1e-4)
          """, shows: "The parts sum to the logit.", gives: .flag(true)),
        Example(
          #"load "random-tiny"; direct_attribution (prompt "the cat") of: (logit_diff "s" "e") | keys"#,
          shows: "A row for each part.", gives: .strings("part", "layer", "head", "value")),
        Example(
          #"load "random-tiny"; direct_attribution (prompt "the cat") of: entropy"#,
          shows: "Only a logit is such a sum.", gives: .fails("bad-argument")),
      ]
    ) { [self] _, input, of, grain throws(Failure) in
      guard let metric = of.metrics.first, !of.isList else {
        throw Failure(
          "wrong-type", "one metric is wanted here, not a list", argument: "of",
          help: "ask for one after the other")
      }
      let experiment = try experiment()
      let row = try rows(of: [input.prompt])[0]
      let found = try faultsAsFailures("of") { () throws(Fault) in
        try experiment.directAttribution(of: metric, on: row, bySource: grain == .source)
      }
      record(experiment, [row])
      return .table(
        AttributionTable(found: found, metric: metric, row: row, grain: grain).table(notes: notes))
    }
  }
}

/// How finely a logit is taken apart.
enum AttributionGrain: String, ChoiceArgument {
  case part, layer, source

  static let kind = "grain"
}

/// The parts of a logit as a table.
private struct AttributionTable {
  let found: DirectAttribution
  let metric: Metric
  let row: PromptRow
  let grain: AttributionGrain

  func table(notes: [String]) -> Table {
    var parts = grain == .layer ? byLayer : found.parts.map(line)
    let largest = parts.reduce(0) { max($0, abs($1.value)) }
    // The rest is rounding where the logits have no bias.
    if abs(found.bias) > 1e-5 * max(largest, 1) {
      parts.append(Line(part: .string("logit bias"), value: found.bias))
    }
    var columns = [
      Table.Column("part", parts.map(\.part)), Table.Column("layer", parts.map(\.layer)),
      Table.Column("head", parts.map(\.head)),
    ]
    if grain == .source {
      let sources = parts.map(\.source)
      columns.append(Table.Column("position", sources.map { $0.map { .int($0) } ?? .null }))
      columns.append(
        Table.Column("token", sources.map { $0.map { .string(keys.texts[$0]) } ?? .null }))
    }
    if grain == .layer { columns.removeLast() }
    columns.append(Table.Column("value", parts.map { .number($0.value) }))
    let off = abs(found.total - parts.reduce(0) { $0 + $1.value })
    let total = NumberText.rounded(found.total, digits: 5)
    return Table(
      columns,
      notes: [
        "the parts sum to \(total), the \(metric.summary), at @\(found.position)"
          + " (to \(NumberText.rounded(off, digits: 1))); the final norm's scale is that of the run"
      ] + notes)
  }

  private struct Line {
    var part: Value
    var layer = Value.null
    var head = Value.null
    var source: Int?
    var value: Double
  }

  private var keys: PromptRow { row }

  private func line(_ part: DirectAttribution.Part) -> Line {
    switch part.part {
    case .head(let place):
      Line(
        part: .host(place.address), layer: .int(place.layer), head: .int(place.head),
        source: part.source, value: part.value)
    case .attention(let place):
      Line(
        part: (try? Address(parsing: part.part.description)).map { .host($0) }
          ?? .string(part.part.description), layer: .int(place.layer), value: part.value)
    case .mlp(_, let layer):
      Line(
        part: (try? Address(parsing: part.part.description)).map { .host($0) }
          ?? .string(part.part.description), layer: .int(layer), value: part.value)
    default: Line(part: .string(part.part.description), value: part.value)
    }
  }

  /// Attention and MLP of each layer, each as one.
  private var byLayer: [Line] {
    var lines: [Line] = []
    for part in found.parts {
      var one = line(part)
      if case .head(let place) = part.part {
        one.part = .host(place.address.wholeAttention)
        one.head = .null
      }
      if let known = lines.firstIndex(where: { $0.part == one.part }) {
        lines[known].value += one.value
      } else {
        lines.append(one)
      }
    }
    return lines
  }
}

extension Address {
  /// The attention that a head belongs to.
  fileprivate var wholeAttention: Address {
    Address(stack: stack, layers: layers, part: .attn(cross: isCross))
  }
}
