import Analysis
import Faults
import Language
import Statistics
import Transformers

extension Workbench {
  var axisAlignmentCommand: Builtin {
    Builtin(
      "axis_alignment", "Measures whether streams lie along the axes that they are written in.",
      Parameter<TokensInput>(
        "texts", "A corpus, texts or prompts; or activations that were gathered.", .piped),
      Parameter<AxisReport>(
        "report",
        "The `shape` of vectors, how axes follow `labels`, or whether `layers` keep them.",
        .named, default: .shape, choices: AxisReport.choices),
      Parameter<SideInput?>(
        "side", "Of a model with two stacks: `enc` or `dec`; the encoder if none.", .named,
        choices: SideInput.choices),
      Parameter<Int>(
        "tokens", "At most so many tokens, drawn at random.", .named, default: 2000, in: .from(3)),
      Parameter<Int>(
        "rotations", "How many random rotations to compare with.", .named, default: 20,
        in: .from(2, to: 10_000)),
      Parameter<Int>(
        "drop", "How many coordinates of the greatest variance the second look leaves out.", .named,
        default: 3, in: .from(0)),
      Parameter<Int>(
        "step", "With `layers`: how many blocks lie between two streams.", .named, default: 1,
        in: .from(1)),
      Parameter<Int?>(
        "seed", "What is drawn from; the session's seed by default.", .named, in: .from(0)),
      returns: "table", family: .representations,
      alsoFoundAs: [
        "privileged basis", "outlier dimensions", "rogue dimensions", "kurtosis", "varimax",
        "participation ratio", "Procrustes", "rotation",
      ],
      details: """
        `shape`: `participation` is how many coordinates share a vector's length, `kurtosis` how \
        peaked its coordinates are, and `gap` by how much that falls when the vectors are turned at \
        random (with its 95 % interval over texts): 0 where no axis is privileged, above 0 where \
        vectors lie along axes. `top_share` is the share of variance of the largest coordinate, \
        `outliers` how many coordinates have a mean or root mean square above six times the median. \
        `varimax` is what the best rotation gains over these axes, `varimax_rotated` over random \
        ones. A few large coordinates can decide all this, so each stream is looked at again without \
        them. Norms multiply each axis by its own gain: rows before and behind norms stand together.

        `labels`: `aligned` is the greatest |correlation| of any coordinate with a label (averaged \
        over classes), `rotated` the same after random rotations, `q` the share of rotations whose \
        greatest line, each line in deviations from its mean, reaches it (one-sided, corrected for all \
        lines: Westfall and Young 1993), so that 19 rotations are enough to find something. `layers`: `kept` is the mean |diagonal| of the orthogonal map from one stream to \
        the next (1 when axes stay, `random` for a random map), `angle` what that map leaves between \
        the two, `by_axis` the variance that scaling each coordinate explains on texts left out of \
        fitting, `linear` what any linear map does. Vectors are centred first.
        """,
      examples: [
        Example(
          #"load "random-tiny"; (axis_alignment ["the cat sat", "a dog ran"] rotations: 4).at | unique | len"#,
          shows: "Three streams and three norms of two layers.", gives: .number(6)),
        Example(
          #"load "random-tiny"; axis_alignment ["the cat sat", "a dog ran"] rotations: 4 report: "labels" | first 2"#,
          shows: "Whether axes follow positions and frequencies."),
        Example(
          #"load "random-tiny"; axis_alignment "a""#, shows: "One token says nothing of axes.",
          gives: .fails("too-few")),
      ]
    ) {
      [self] context, input, report, side, tokens, rotations, drop, step, seed throws(Failure) in
      let drawn = self.seed(seed)
      let (sample, under) = try axisSample(input, side, tokens: tokens, seed: drawn, context)
      let width = sample.vectors.first?.columns ?? 0
      guard drop < width - 1 else {
        throw Failure(
          "out-of-range", "`drop` must leave some of the \(width) coordinates", argument: "drop")
      }
      let tables = AxisTables(sample: sample, width: width, seed: drawn, context: context)
      switch report {
      case .shape:
        return .table(try tables.shape(rotations: rotations, drop: drop, notes: under))
      case .labels: return .table(try tables.labels(rotations: rotations, drop: drop, notes: under))
      case .layers: return .table(try tables.layers(step: step, drop: drop, notes: under))
      }
    }
  }
}

extension Workbench {
  /// The sample of an analysis of axes, and what must be said of it.
  private func axisSample(
    _ input: TokensInput, _ side: SideInput?, tokens: Int, seed: UInt64, _ context: Context
  ) throws(Failure) -> (AxisSample, notes: [String]) {
    switch input {
    case .activations(let activations):
      let finite = try faultsAsFailures { () throws(Fault) in try FiniteTokens(activations) }
      let layered = try LayeredInput(activations, finite, refusing: [("side", side != nil)])
      return try faultsAsFailures { () throws(Fault) in
        (try AxisSample(activations, finite, tokens: tokens, seed: seed), layered.notes)
      }
    case .texts(let texts):
      let experiment = try experiment()
      let stack = try stack(side, of: experiment.model)
      let rows = try texts.rows(for: experiment.model)
      let sample = try faultsAsFailures { () throws(Fault) in
        try experiment.axisSample(
          rows, of: stack, tokens: tokens, seed: seed, progress: context.steps("axis alignment"))
      }
      record(experiment, rows.map(\.row))
      return (sample, rows.notes + notes)
    }
  }
}

/// What is told of axes.
enum AxisReport: String, ChoiceArgument {
  case shape, labels, layers

  static let kind = "report"
}

/// Measures of axes as tables.
private struct AxisTables {
  let sample: AxisSample
  let width: Int
  let seed: UInt64
  let context: Context

  private var countNote: String {
    let count = sample.rows.count
    return "\(Value.count(count, "token")) of \(Value.count(sample.rowCount, "text"))"
  }

  private func value(_ number: Double) -> Value { number.isNaN ? .null : .number(number) }

  /// Shows how far it has come, and stops when the user asks.
  private func progress(_ done: Int) throws(Failure) {
    context.output.progress(done, of: sample.points.count, "axis alignment")
    try context.interruption.check()
  }

  func shape(rotations: Int, drop: Int, notes: [String]) throws(Failure) -> Table {
    let looks = drop == 0 ? [0] : [0, drop]
    let sets = try self.rotations(rotations, looks)
    var records: [Record] = []
    for point in sample.points.indices {
      for (look, set) in zip(looks, sets) {
        try progress(point)
        let reading = try faultsAsFailures { () throws(Fault) in
          try sample.shape(at: point, without: look, rotations: set, seed: seed)
        }
        let fields: [(String, Value)] = [
          ("at", .string(sample.points[point].name)),
          ("coordinates", .int(width - look)),
          ("participation", value(reading.participation)),
          ("kurtosis", value(reading.kurtosis)), ("gap", value(reading.gap.value)),
          ("low", value(reading.gap.low)), ("high", value(reading.gap.high)),
          ("top_share", value(reading.topShare)), ("outliers", .int(reading.outliers.count)),
          ("varimax", value(reading.varimaxGain)),
          ("varimax_rotated", value(reading.rotatedVarimaxGain)),
        ]
        records.append(Record(fields))
      }
    }
    let null = AxisShape.kurtosisOfNoise(width: width)
    return Table(
      rows: records,
      notes: [
        countNote,
        "vectors without a direction have kurtosis \(NumberText.rounded(null)) and participation "
          + "about \(NumberText.rounded(Double(width + 2) / 3, digits: 3)) of \(width)",
      ] + notes)
  }

  /// Random rotations of what is left of the width in each look.
  private func rotations(_ count: Int, _ looks: [Int]) throws(Failure) -> [Rotations] {
    var sets: [Rotations] = []
    for look in looks {
      sets.append(
        try faultsAsFailures { () throws(Fault) in
          try Rotations(count, width: width - look, seed: seed)
        })
    }
    return sets
  }

  func labels(rotations: Int, drop: Int, notes: [String]) throws(Failure) -> Table {
    let looks = drop == 0 ? [0] : [0, drop]
    let sets = try self.rotations(rotations, looks)
    var lines: [(point: Int, look: Int, reading: AxisLabelReading)] = []
    for point in sample.points.indices {
      try progress(point)
      for (look, set) in zip(looks, sets) {
        lines += sample.labels(at: point, without: look, rotations: set).map { (point, look, $0) }
      }
    }
    let q = PermutationTest.standardisedMaximum(
      observed: lines.map(\.reading.aligned), null: lines.map(\.reading.null))
    return Table(
      rows: zip(lines, q).map { line, q in
        let test = line.reading.test
        return Record([
          ("at", .string(sample.points[line.point].name)), ("label", .string(line.reading.label)),
          ("coordinates", .int(width - line.look)), ("aligned", value(line.reading.aligned)),
          ("rotated", value(test.nullMean)), ("deviation", value(test.nullDeviation)),
          ("q", value(q)),
        ])
      }, notes: [countNote] + tooFew(rotations) + notes)
  }

  /// What is said of so few rotations that nothing can be found.
  private func tooFew(_ rotations: Int) -> [String] {
    rotations < 19
      ? [
        "with \(rotations) rotations no q is below \(NumberText.rounded(1 / Double(rotations + 1)))"
      ]
      : []
  }

  func layers(step: Int, drop: Int, notes: [String]) throws(Failure) -> Table {
    // Streams with streams, norms with norms.
    var records: [Record] = []
    var singular = 0
    for isNormed in [false, true] {
      let points = sample.points.indices.filter { sample.points[$0].isNormed == isNormed }
      for first in points {
        let depth = sample.points[first].depth
        guard let second = points.first(where: { sample.points[$0].depth == depth + step }) else {
          continue
        }
        try progress(first)
        for look in drop == 0 ? [0] : [0, drop] {
          let keeping = try faultsAsFailures { () throws(Fault) in
            try sample.keeping(from: first, to: second, without: look)
          }
          singular += keeping.linear.isNaN ? 1 : 0
          let fields: [(String, Value)] = [
            ("from", .string(sample.points[first].name)),
            ("to", .string(sample.points[second].name)), ("coordinates", .int(width - look)),
            ("kept", value(keeping.kept)),
            ("random", .number(AxisKeeping.random(width: width - look))),
            ("angle", value(keeping.angle)), ("by_axis", value(keeping.byAxis)),
            ("linear", value(keeping.linear)),
          ]
          records.append(Record(fields))
        }
      }
    }
    let few =
      sample.rows.count <= 2 * width
      ? ["fewer tokens than twice the \(width) coordinates: maps are not determined"] : []
    let undetermined =
      singular > 0 && few.isEmpty
      ? ["\(Value.count(singular, "linear map")) not determined: coordinates depend on each other"]
      : []
    return Table(rows: records, notes: [countNote] + few + undetermined + notes)
  }
}
