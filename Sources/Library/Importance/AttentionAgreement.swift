import Analysis
import Faults
import Language
import Statistics
import Transformers

extension AttentionAgreement.Effect: ChoiceArgument {
  /// What messages call it.
  public static var kind: String { "effect" }
}

extension Workbench {
  var attentionAgreementCommand: Builtin {
    Builtin(
      "attention_agreement",
      "Asks whether weights, rollout or flow rank tokens as their effects do, layer by layer.",
      Parameter<CorpusInput>("corpus", "A corpus, a list of texts, or one text.", .piped),
      Parameter<AttentionAgreement.Effect>(
        "effect", "What a token does: `blank-out` masks it, `gradient` is |input × gradient|.",
        .named, default: .blankOut, choices: AttentionAgreement.Effect.choices),
      Parameter<PositionSelector?>(
        "at",
        "Where the prediction is read: the last token if none, or the mask, which is drawn where "
          + "there is none; a classifier has one for the text.", .named),
      MixingParameters.fusion, MixingParameters.residual,
      Parameter<Bool>(
        "flow", "Whether flows are computed, which takes long.", .named, default: true),
      Parameter<Int>(
        "limit", "The most tokens of a text with which flows are tried.", .named, default: 40,
        in: .from(1)),
      WeightChoice.parameter(.both), AttentionParameters.seed,
      returns: "table", family: .heads,
      alsoFoundAs: [
        "attention rollout", "attention flow", "Abnar", "blank-out", "faithfulness",
        "input gradients",
      ],
      details: """
        In each text the tokens are ranked by what attention gives them from the position that is read, \
        and by what they do to the prediction there; `agreement` is the mean over texts of Spearman's \
        coefficient between the two. Attention is `raw`, the fused heads of one layer, or `rollout` or \
        `flow` from the input up to that layer (Abnar and Zuidema 2020). In a model with two stacks \
        source tokens are ranked, by what the decoder gives them. `blank-out` is the total variation \
        distance of the prediction when a token becomes the mask token, or the unknown one where there \
        is none. The position that is read and special tokens are not ranked.

        `low` and `high` are the 95 % interval over texts. With no relation the coefficient is 0; `q` is \
        the chance of one as far from it when effects are put in random order within texts, corrected \
        for the number of lines (Benjamini and Hochberg). `lead` is what rollout or flow have over the \
        weights of the same layer, with its interval. Published is that both agree better than weights \
        from the second layer on; `random` is the agreement in the same model with random weights.
        """,
      examples: [
        Example(
          """
          load "random-tiny"
          attention_agreement ["the cat", "a dog"] weights: "own" | keys
          """, shows: "Three lines for each layer.",
          gives: .strings(
            "layer", "attention", "agreement", "low", "high", "q", "lead", "lead_low",
            "lead_high")),
        Example(
          """
          load "random-tiny"
          (attention_agreement ["the cat"] effect: "gradient" flow: false weights: "own").attention
          """, shows: "Without flows there are two.",
          gives: .strings("raw", "rollout", "raw", "rollout")),
        Example(
          #"load "random-tiny"; attention_agreement "a b" limit: 2"#,
          shows: "Flows of long texts must be wanted.", gives: .fails("too-many-tokens")),
      ]
    ) {
      [self]
      context, input, effect, at, fusion, residual, flow, limit, weights, seed throws(Failure) in
      var settings = AttentionAgreement.Settings()
      settings.effect = effect
      settings.readings = flow ? [.raw, .rollout, .flow] : [.raw, .rollout]
      settings.mixing.fusion = fusion
      settings.mixing.residual = residual
      settings.seed = self.seed(seed)
      let experiment = try experiment()
      let rows = try input.rows(for: experiment.model)
      let prompts = rows.map(\.row)
      let longest = prompts.map { $0.count + ($0.source?.count ?? 0) }.max() ?? 0
      guard !flow || longest <= limit else {
        throw Failure(
          "too-many-tokens",
          "flows through texts of up to \(longest) tokens take long; the limit is \(limit)",
          help: "leave them out:   flow: false   or allow it:   limit: \(longest)")
      }
      let (chosen, under) = (settings, rows.notes + notes)
      let found = try weights.measure(experiment, seed: settings.seed) {
        experiment, step throws(Failure) in
        try faultsAsFailures { () throws(Fault) in
          try AttentionAgreement(prompts, at: at, settings: chosen, with: experiment) {
            done throws(Fault) in
            context.output.progress(done, of: prompts.count, "attention_agreement" + step)
            if context.interruption.isRequested { throw .interrupted }
          }
        }
      }
      record(experiment, prompts)
      let mask =
        effect == .blankOut
        ? try faultsAsFailures { () throws(Fault) in try MaskToken(for: experiment.model) } : nil
      return .table(
        AgreementTable(found.reading, found.random, mask: mask)
          .table(notes: found.notes + under))
    }
  }
}

/// What `attention_agreement` shows.
private struct AgreementTable {
  private let measured: AttentionAgreement
  private let random: AttentionAgreement?
  private let mask: MaskToken?

  init(_ measured: AttentionAgreement, _ random: AttentionAgreement?, mask: MaskToken?) {
    self.measured = measured
    self.random = random
    self.mask = mask
  }

  func table(notes: [String]) -> Table {
    let lines = measured.lines
    let q = BenjaminiHochberg.adjusted(lines.map(\.p))
    func value(_ number: Double?) -> Value {
      number.map { $0.isNaN ? .null : .number($0) } ?? .null
    }
    let intervals = IntervalColumns(texts: measured.texts)
    var columns: [Table.Column] = [
      .init("layer", lines.map { .host($0.address) }),
      .init("attention", lines.map { .string($0.reading.rawValue) }),
      .init("agreement", lines.map { value($0.agreement.value) }),
    ]
    columns += intervals(lines.map(\.agreement))
    if let random {
      columns.append(.init("random", random.lines.map { value($0.agreement.value) }))
    }
    columns += [
      .init("q", q.map { value($0) }),
      .init("lead", lines.map { value($0.lead?.value) }),
    ]
    columns += intervals(lines.map(\.lead), low: "lead_low", high: "lead_high")
    let said = measured.texts == 1 ? intervals.notes : claims
    return Table(columns, notes: remarks + said + notes)
  }

  private var remarks: [String] {
    var remarks = [
      "\(Value.count(measured.texts, "text")), \(Value.count(measured.tokens, "token")) ranked"
    ]
    if measured.skipped > 0 {
      remarks[0] += "; \(Value.count(measured.skipped, "text")) with fewer than three left out"
    }
    if let mask { remarks[0] += "; blanked out with \(mask.name)" }
    return remarks
  }

  /// In how many of the layers behind the first rollout and flow are ahead of the weights.
  private var claims: [String] {
    let first = measured.lines.first?.address
    return [AttentionAgreement.Reading.rollout, .flow].compactMap { reading in
      let leads = measured.lines.filter { $0.reading == reading && $0.address != first }
        .compactMap(\.lead)
      guard !leads.isEmpty else { return nil }
      let (ahead, behind) = (leads.count { $0.low > 0 }, leads.count { $0.high < 0 })
      return "\(reading.rawValue) agrees better than raw weights in \(ahead) of "
        + "\(Value.count(leads.count, "layer")) behind the first, worse in \(behind)"
    }
  }
}
