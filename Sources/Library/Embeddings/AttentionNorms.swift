import Analysis
import Faults
import Language
import Statistics
import Tensors
import Transformers

extension Workbench {
  var attentionNormsCommand: Builtin {
    Builtin(
      "attention_norms", "Weighs attention by the lengths of what it brings, not by weight alone.",
      Parameter<CorpusInput>("texts", "A corpus, texts or prompts.", .piped),
      Parameter<AddressInput?>(
        "heads",
        "Which: L1.H2, L1.H* or L1; L1.attn for all heads of a layer together. All if none."),
      AttentionParameters.special(),
      Parameter<Int?>(
        "seed", "What is drawn from; the session's seed by default.", .named, in: .from(0)),
      returns: "tensor or table", family: .heads,
      alsoFoundAs: ["norm-based attention", "value norms", "Kobayashi", "transmitted"],
      details: """
        A head brings α · f(x) from each token: the weight times what it would write if it attended to \
        that token alone. A token can be looked at much and bring nothing. One text and an address \
        give the lengths ‖α f(x)‖ as a tensor, query by key; with `L1.attn` those of the sum over \
        heads.

        Otherwise a row for each head. `dispersion` is the coefficient of variation of ‖f(x)‖. \
        `correlation` is Spearman's between what a token gets and its ‖f(x)‖, with its 95 % interval \
        over texts (`low`, `high`); what it gets is counted relative to attention that is even over \
        the keys that may be seen, so that early tokens of a causal model have no advantage. `found` \
        says whether it differs from zero over all heads (Benjamini–Hochberg, q 0.05); `random` is \
        that of the same model with random weights. `frequency` is the coefficient with a token's \
        rank by frequency in these texts: positive where frequent tokens weigh little. \
        `special` and `special_norm` are what special tokens have of weights and of lengths, \
        where there are any.

        The value's bias is part of f(x), that of the output projection is nobody's. The note says \
        how far the summands are from what attention wrote.
        """,
      examples: [
        Example(
          #"load "random-tiny"; (attention_norms "the cat" L1.H2).shape"#,
          shows: "Seven queries, seven keys.", gives: .numbers(7, 7)),
        Example(
          #"load "random-tiny"; (attention_norms "the cat" L1.attn).axes"#,
          shows: "All heads of a layer together.", gives: .strings("query", "key")),
        Example(
          #"load "random-tiny"; attention_norms ["the cat", "a dog"] | len"#,
          shows: "Eight heads.", gives: .number(8)),
        Example(
          #"load "random-tiny"; attention_norms "the cat" L1.mlp"#,
          shows: "It must be heads.", gives: .fails("wrong-address")),
      ]
    ) { [self] context, input, address, special, seed throws(Failure) in
      let experiment = try experiment()
      let rows = try input.rows(for: experiment.model)
      let chosen = try address.map { address throws(Failure) in
        try NormPlaces(address.addresses, in: experiment.model.description)
      }
      if rows.count == 1, let chosen {
        return .tensor(
          try normTensor(experiment, rows[0].row, chosen, dropsKeys: special != .keep))
      }
      return .table(
        try normTable(
          context, experiment, rows, chosen, special: special, seed: self.seed(seed)))
    }
  }

  private func normTensor(
    _ experiment: Experiment, _ row: PromptRow, _ chosen: NormPlaces, dropsKeys: Bool
  ) throws(Failure) -> TensorValue {
    let model = experiment.model.description
    guard let place = chosen.places.first, chosen.places.count == 1 else {
      throw Failure(
        "wrong-address", "lengths of one attention are wanted here, not of several",
        argument: "heads", help: "take one layer after the other, such as L1.H*")
    }
    let terms = try faultsAsFailures { () throws(Fault) in
      try experiment.attentionTerms(row, [place])
    }
    record(experiment, [row])
    guard let terms = terms.first else { throw Failure("not-captured", "nothing was captured") }
    let queries = row.extent(of: place.site(.attn), in: model)
    let keys = place.isCross ? PromptRow(row.source ?? []) : queries
    let kept = keys.tokens.indices.filter { !dropsKeys || keys.tokens[$0].origin != .template }
    let heads = chosen.heads[place] ?? nil
    let matrices = heads.map { $0.map(terms.headNorms) } ?? [terms.blockNorms()]
    var axes = [
      TensorValue.Axis("query", labels: queries.tokens.indices.map(queries.label)),
      TensorValue.Axis("key", labels: kept.map(keys.label)),
    ]
    if let heads, heads.count > 1 || chosen.isList {
      axes.insert(TensorValue.Axis("head", labels: heads.map { "H\($0)" }), at: 0)
    }
    let all = matrices.flatMap { matrix in
      (0..<matrix.rows).flatMap { query in kept.map { matrix[query, $0] } }
    }
    let note =
      "the summands differ from what attention wrote by at most "
      + "\(NumberText.bound(terms.deviation)) (relative)"
    return TensorValue(axes: axes, storage: .doubles(all), notes: [note] + notes)
  }

  private func normTable(
    _ context: Context, _ experiment: Experiment, _ rows: [AnnotatedRow], _ chosen: NormPlaces?,
    special: SpecialTokenRule, seed: UInt64
  ) throws(Failure) -> Table {
    let model = experiment.model.description
    let places = chosen?.places ?? model.attentionPlaces
    let (sums, random) = try faultsAsFailures { () throws(Fault) in
      let sums = try experiment.attentionNormSums(
        over: rows, places: places, dropsKeys: special != .keep,
        dropsQueries: special == .dropBoth, progress: context.steps("attention norms"))
      let random = try experiment.randomised(seed: seed).attentionNormSums(
        over: rows, places: places, dropsKeys: special != .keep,
        dropsQueries: special == .dropBoth,
        progress: context.steps("the same with random weights"))
      return (sums, random)
    }
    record(experiment, rows.map(\.row))
    return NormTable(
      sums: sums, model: model, chosen: chosen, special: special,
      readings: sums.readings(seed: seed), random: random.readings(seed: seed),
      rows: rows.count
    ).table(notes: rows.notes + notes)
  }
}

/// The attentions that addresses name, and in each the heads; nil for all of them together.
private struct NormPlaces {
  var places: [AttentionPlace] = []
  var heads: [AttentionPlace: [Int]?] = [:]
  /// Whether the address names several heads, even if the layer has one.
  var isList = false

  init(_ addresses: [Address], in model: ModelDescription) throws(Failure) {
    for var address in addresses {
      if address.part == .block { address.part = .head(.all, .out, cross: false) }
      let isWhole: Bool
      switch address.part {
      case .attn: isWhole = true
      case .head(let selector, .out, _), .head(let selector, .pattern, _):
        isWhole = false
        isList = isList || selector.single == nil
      default:
        throw Failure(
          "wrong-address", "\(address) is no head and no attention", argument: "heads",
          help: "name heads such as L1.H2 or L*.H*, or an attention such as L1.attn")
      }
      let sites = try faultsAsFailures("heads") { () throws(Fault) in
        try model.sites(of: address)
      }
      for found in sites {
        let place = AttentionPlace(
          stack: found.site.stack, layer: found.site.layer, isCross: found.site.kind.isCross)
        if !places.contains(place) { places.append(place) }
        if isWhole {
          heads[place] = .some(nil)
        } else {
          let own = found.components ?? Array(0..<model.attention(at: place).heads)
          let known = (heads[place] ?? nil) ?? []
          heads[place] = .some(known + own.filter { !known.contains($0) })
        }
      }
    }
  }

  /// Whether a head, or for nil the attention as a whole, is among them.
  func contains(_ place: AttentionPlace, _ head: Int?) -> Bool {
    guard let heads = heads[place] else { return false }
    guard let head, let heads else { return head == nil && heads == nil }
    return heads.contains(head)
  }
}

/// Readings of heads as a table.
private struct NormTable {
  let sums: AttentionNormSums
  let model: ModelDescription
  let chosen: NormPlaces?
  let special: SpecialTokenRule
  let readings: [AttentionNormSums.Reading]
  let random: [AttentionNormSums.Reading]
  let rows: Int

  func table(notes: [String]) -> Table {
    let hasSpecial =
      special == .keep && readings.contains { $0.specialWeight.value > 0 }
    let shown = readings.indices.filter { index in
      let reading = readings[index]
      if let chosen { return chosen.contains(reading.place, reading.head) }
      return reading.head != nil || hasSpecial
    }
    let found = BenjaminiHochberg.discoveries(shown.map { readings[$0].p })
    let hasFrequency = shown.contains { !readings[$0].frequency.isNaN }
    let records = zip(shown, found).map { index, isFound in
      let reading = readings[index]
      let address =
        reading.head.map { model.address(of: reading.place, head: $0) }
        ?? model.address(of: reading.place)
      var fields: [(String, Value)] = [("head", .host(address))]
      fields.append(("dispersion", value(reading.dispersion.value)))
      fields.append(("correlation", value(reading.correlation.value)))
      fields.append(("low", value(reading.correlation.low)))
      fields.append(("high", value(reading.correlation.high)))
      fields.append(("found", reading.p.isNaN ? .null : .bool(isFound)))
      fields.append(("random", value(random[index].correlation.value)))
      if hasFrequency { fields.append(("frequency", value(reading.frequency))) }
      if hasSpecial {
        fields.append(("special", value(reading.specialWeight.value)))
        fields.append(("special_norm", value(reading.specialNorm.value)))
      }
      return Record(fields)
    }
    return Table(rows: records, notes: ownNotes + notes)
  }

  /// A number, or nothing where there is none.
  private func value(_ number: Double) -> Value { number.isNaN ? .null : .number(number) }

  private var ownNotes: [String] {
    var parts = [
      "the summands differ from what attention wrote by at most "
        + "\(NumberText.bound(sums.deviation)) (relative)"
    ]
    if special != .keep {
      parts.append(
        "special tokens left out, to which "
          + "\(NumberText.rounded(100 * sums.dropped, digits: 3)) % of weights went")
    }
    parts += Estimate.notes(texts: rows)
    return [parts.joined(separator: "; ")]
  }
}
