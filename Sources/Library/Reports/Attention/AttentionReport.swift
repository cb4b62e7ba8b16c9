import Analysis
import Figures
import Language
import Transformers

extension Workbench {
  /// The page about the attention of a prompt.
  func attentionPage(
    of subject: Value, metric: MetricInput?, hasAblations: Bool, title: String?, _ context: Context
  ) throws(Failure) -> AttentionPage {
    guard let input = try SinglePrompt.from(subject) else {
      throw Failure(
        "wrong-type", "a page about attention is of a prompt, not \(subject.kindWithArticle)",
        argument: "of", help: "give it one:   report attention (prompt \"…\") to: \"FILE.html\"")
    }
    if let metric, metric.isList {
      throw Failure(
        "wrong-type", "one metric is wanted here, not a list of them", argument: "measure")
    }
    let experiment = try experiment()
    let row = try rows(of: [input.prompt])[0]
    let report = try AttentionReport(experiment, row, context)
    let changes =
      try hasAblations
      ? report.changes(metric?.metrics[0])
      : AttentionReport.Changes(notes: ["Heads were not switched off for this page."])
    record(experiment, [row])
    let name = try current().name
    return try report.page(
      title: title ?? "Attention of \(name)", text: input.prompt.sourceText,
      changes: changes, notes: notes)
  }
}

/// Gathers what the page about a prompt's attention shows.
struct AttentionReport {
  /// The changes of a metric by side, layer and head, or why there are none.
  struct Changes {
    var metric: (name: String, baseline: Double)?
    var sides: [[[Double]]] = []
    var notes: [String] = []
  }

  private let experiment: Experiment
  private let row: PromptRow
  private let context: Context
  private let sides: [AttentionSide]
  private let specialIDs: Set<Int>

  init(_ experiment: Experiment, _ row: PromptRow, _ context: Context) throws(Failure) {
    self.experiment = experiment
    self.row = row
    self.context = context
    sides = experiment.model.description.attentionSides
    specialIDs =
      row.image == nil
      ? try onModel { () throws(ModelError) in
        try experiment.model.tokenizer()?.special.all ?? []
      } : []
  }

  private var description: ModelDescription { experiment.model.description }
  private var hasTwoStacks: Bool { description.stacks.count > 1 }
  private var headCount: Int { sides.reduce(0) { $0 + $1.heads.reduce(0, +) } }

  /// How a metric changes with each head; without one the loss, where the prompt has it.
  func changes(_ given: Metric?) throws(Failure) -> Changes {
    do throws(Failure) {
      return try measured(given ?? Metric(.loss))
    } catch {
      guard given == nil, ["no-vocabulary", "nothing-masked", "empty-prompt"].contains(error.code)
      else { throw error }
      let advice = error.help.map { " (\($0))" } ?? ""
      return Changes(notes: ["No head was switched off: \(error.message)\(advice)."])
    }
  }

  private func measured(_ metric: Metric) throws(Failure) -> Changes {
    var changes = Changes()
    var before = 0
    for side in sides {
      let found = try onModel("measure") { () throws(ModelError) in
        try experiment.headChanges(of: metric, on: row, side: side) { done throws(ModelError) in
          context.output.progress(before + done, of: headCount, "ablations")
          if context.interruption.isRequested { throw .interrupted }
        }
      }
      changes.metric = (metric.summary, found.baseline)
      changes.sides.append(found.changes)
      before += side.heads.reduce(0, +)
    }
    return changes
  }

  /// The page, with the patterns of one run.
  func page(
    title: String, text: String, changes: Changes, notes: [String]
  ) throws(Failure) -> AttentionPage {
    var pages: [AttentionPage.Side] = []
    for (index, side) in sides.enumerated() {
      var page = AttentionPage.Side(
        name: name(of: side), prefix: hasTwoStacks ? "\(side.stack.rawValue)." : "",
        infix: side.isCross ? "cross." : "",
        queries: tokens(row.extent(of: side.site(layer: 0), in: description)),
        keys: tokens(row.keys(of: side.site(layer: 0))))
      try onModel { () throws(ModelError) in
        try experiment.eachPattern(of: row, on: side) { layer, weights throws(ModelError) in
          if context.interruption.isRequested { throw .interrupted }
          context.output.progress(layer + 1, of: side.heads.count, "patterns")
          page.addLayer(heads: side.heads[layer], weights: weights)
        }
      }
      if index < changes.sides.count { page.changes = changes.sides[index] }
      pages.append(page)
    }
    return AttentionPage(
      title: title, text: text, notes: facts + changes.notes + notes, metric: changes.metric,
      sides: pages)
  }

  private var facts: [String] {
    let layers = sides.map { side in
      let heads = Set(side.heads).sorted().map(String.init).joined(separator: " or ")
      let name = sides.count > 1 ? self.name(of: side).lowercased() + ": " : ""
      return "\(name)\(Value.count(side.heads.count, "layer")) of \(heads) heads"
    }
    let tokens = row.source.map {
      "\(Value.count($0.count, "source token")), \(Value.count(row.count, "target token"))"
    }
    return [(layers + [tokens ?? Value.count(row.count, "token")]).joined(separator: "; ") + "."]
  }

  private func name(of side: AttentionSide) -> String {
    if side.isCross { return "Decoder to encoder" }
    if !hasTwoStacks { return "Self-attention" }
    return side.stack == .encoder ? "Encoder" : "Decoder"
  }

  private func tokens(_ row: PromptRow) -> [AttentionPage.Token] {
    row.tokens.map { token in
      AttentionPage.Token(
        text: token.text,
        isSpecial: token.origin == .template
          || token.origin != .mask && specialIDs.contains(token.id),
        sentence: token.origin == .pair || token.type == 1 && token.origin != .template ? 1 : 0)
    }
  }
}
