import Analysis
import Faults
import Language
import Statistics
import Transformers

extension Workbench {
  var mixingRatioCommand: Builtin {
    Builtin(
      "mixing_ratio", "Measures how much of each token comes from other tokens in attention.",
      Parameter<CorpusInput>("texts", "A corpus, texts or prompts.", .piped),
      Parameter<MixingChoice>(
        "variant",
        "One of five ways to count, `all` of them, or the one that fits how the model is built.",
        .named, default: .fitting, choices: MixingChoice.choices),
      Parameter<ReceiverChoice>(
        "special", "Whether special tokens count as receivers: `keep` or `drop`.", .named,
        default: .keep, choices: ReceiverChoice.choices),
      Parameter<Int?>(
        "seed", "What is drawn from; the session's seed by default.", .named, in: .from(0)),
      returns: "table", family: .heads,
      alsoFoundAs: ["mix", "residual", "keep", "context mixing", "Kobayashi", "self attention"],
      details: """
        0 means that a token stays what it was, 1 that nothing of it is left. `Attn-W` counts weights: \
        one less what the mean head gives the token itself. `Attn-N` counts lengths of what is added: \
        that from all others by that plus the token's own. `AttnRes-W` counts the residual as one \
        half, a common guess; `AttnRes-N` adds the residual to the token's own, and `AttnResLn-N` \
        sends both through the norm that reads the sum. What fits is `AttnResLn-N` where the sum is \
        normalised at once (BERT), else `AttnRes-N`. In attention to an encoder every token is \
        another one, so only the last two say something.

        `mean` goes over all tokens, `low` and `high` are its 95 % interval over texts, `least` and \
        `most` single tokens; `random` is the same model with random weights. `expansion` is by how \
        much values and output projection together lengthen vectors on average, whatever the texts: \
        ‖W‖ / √(width + 1) of that map with its bias, 1 for one that changes nothing. The ratio is one of \
        lengths: what cancels between sources does not show. The note says how far the summands are \
        from what attention wrote, which is rounding unless an intervention acts there.
        """,
      examples: [
        Example(
          #"load "random-tiny"; (mixing_ratio "the cat" variant: "Attn-W").mean | len"#,
          shows: "A row for each attention.", gives: .number(2)),
        Example(
          #"""
          load "random-tiny"
          let t = mixing_ratio "the cat" variant: "all"
          close(2 * t[2].mean, t[0].mean)
          """#, shows: "The guess of one half halves the ratio of weights.", gives: .flag(true)),
        Example(
          #"load "random-tiny"; mixing_ratio "the cat" variant: "Attn-X""#,
          shows: "The variants have names.", gives: .fails("unknown-choice")),
      ]
    ) { [self] context, input, choice, special, seed throws(Failure) in
      let experiment = try experiment()
      let rows = try input.rows(for: experiment.model)
      let drawn = self.seed(seed)
      let variants = choice.variants(for: experiment.model.description)
      let keeps = special == .keep
      let (sums, random) = try faultsAsFailures { () throws(Fault) in
        let sums = try experiment.mixingSums(
          over: rows, variants, keepsSpecial: keeps, progress: context.steps("mixing ratio"))
        let random = try experiment.randomised(seed: drawn).mixingSums(
          over: rows, variants, keepsSpecial: keeps,
          progress: context.steps("the same with random weights"))
        return (sums, random)
      }
      record(experiment, rows.map(\.row))
      let published = PublishedMixing.of(experiment.model.description)
      let expansions = try faultsAsFailures { () throws(Fault) in
        try sums.places.map { place throws(Fault) in try experiment.expansionRate(of: place) }
      }
      return .table(
        MixingTable(
          sums: sums, random: random, expansions: expansions, model: experiment.model.description,
          published: published,
          rows: rows.count, seed: drawn
        ).table(notes: rows.notes + notes))
    }
  }
}

extension Context {
  /// A closure that shows how far a long measurement has come, and stops it when the user asks.
  func steps(_ label: String) -> (Int, Int) throws(Fault) -> Void {
    { [self] done, total throws(Fault) in
      output.progress(done, of: total, label)
      if interruption.isRequested { throw .interrupted }
    }
  }
}

/// Which ways to count.
enum MixingChoice: Argument, Equatable {
  case fitting
  case all
  case one(MixingVariant)

  static let kind = "variant"
  static let choices =
    ["fitting", "all"].map { "\"\($0)\"" }
    + MixingVariant.allCases.map { "\"\($0.rawValue)\"" }

  var defaultText: String {
    switch self {
    case .fitting: "\"fitting\""
    case .all: "\"all\""
    case .one(let variant): "\"\(variant.rawValue)\""
    }
  }

  static func from(_ value: Value) throws(Failure) -> MixingChoice? {
    guard case .string(let text) = value else { return nil }
    if text == "fitting" { return .fitting }
    if text == "all" { return .all }
    guard let variant = MixingVariant(rawValue: text) else {
      throw Failure(
        "unknown-choice", "there is no variant \"\(text)\"",
        help: "choose one of " + choices.joined(separator: ", "))
    }
    return .one(variant)
  }

  func variants(for model: ModelDescription) -> [MixingVariant] {
    switch self {
    case .fitting: [model.fittingMixing]
    case .all: MixingVariant.allCases
    case .one(let variant): [variant]
    }
  }
}

/// Whether special tokens count.
enum ReceiverChoice: String, CaseIterable, Argument {
  case keep, drop

  static let kind = "choice"
  static let choices = allCases.map { "\"\($0.rawValue)\"" }
  var defaultText: String { "\"\(rawValue)\"" }

  static func from(_ value: Value) throws(Failure) -> ReceiverChoice? {
    try choice(value, "way with special tokens")
  }
}

/// Mixing ratios as a table.
private struct MixingTable {
  let sums: MixingSums
  let random: MixingSums
  let expansions: [Double]
  let model: ModelDescription
  let published: PublishedMixing?
  let rows: Int
  let seed: UInt64

  func table(notes: [String]) -> Table {
    var records: [Record] = []
    var skipped = 0
    for (place, attention) in sums.places.enumerated() {
      for variant in sums.variants {
        guard let reading = sums.reading(place, variant, seed: seed) else { continue }
        skipped += reading.skipped
        let null = random.reading(place, variant, seed: seed)?.mean.value
        var fields: [(String, Value)] = [("at", .host(model.address(of: attention)))]
        if sums.variants.count > 1 { fields.append(("variant", .string(variant.rawValue))) }
        fields += [
          ("mean", .number(reading.mean.value)),
          ("low", rows == 1 ? .null : .number(reading.mean.low)),
          ("high", rows == 1 ? .null : .number(reading.mean.high)),
          ("least", .number(reading.least)), ("most", .number(reading.most)),
          ("random", null.map { .number($0) } ?? .null),
        ]
        if sums.variants.count == 1 { fields.append(("expansion", .number(expansions[place]))) }
        records.append(Record(fields))
      }
    }
    return Table(rows: records, notes: overall + details(skipped) + publishedNotes + notes)
  }

  private var overall: [String] {
    guard sums.variants.count == 1, let variant = sums.variants.first else { return [] }
    let mean = sums.overall(variant)
    let byRow = sums.places.indices.compactMap {
      sums.reading($0, variant, seed: seed)?.meanOfRows
    }
    let ofRows = byRow.reduce(0, +) / Double(byRow.count)
    let differs = abs(ofRows - mean) >= 0.005
    return [
      "\(variant.rawValue): \(percent(mean)) of a token comes from others"
        + (differs ? "; texts counted alike \(percent(ofRows))" : "")
    ]
  }

  private func details(_ skipped: Int) -> [String] {
    var parts = [
      "the summands differ from what attention wrote by at most "
        + "\(NumberText.bound(sums.deviation)) (relative)"
    ]
    if skipped > 0 { parts.append("\(Value.count(skipped, "ratio")) without a value left out") }
    parts += Estimate.notes(texts: rows)
    return [parts.joined(separator: "; ")]
  }

  private var publishedNotes: [String] {
    guard let published else { return [] }
    let ratios: [String] = sums.variants.compactMap { variant in
      published.numbers[variant].map { numbers in
        var range = ""
        if let least = numbers.least, let most = numbers.most {
          range = " (\(least) to \(most))"
        }
        return
          "published for another model of this shape, \(published.source): \(variant.rawValue) \(numbers.mean) %\(range)"
      }
    }
    guard let expansions = published.expansions else { return ratios }
    let rates = expansions.map { NumberText.rounded($0, digits: 3) }.joined(separator: ", ")
    return ratios + ["published expansion of layers 1 to \(expansions.count): \(rates)"]
  }

  private func percent(_ share: Double) -> String {
    NumberText.rounded(100 * share, digits: 3) + " %"
  }
}
