import Analysis
import Faults
import Figures
import Language
import Transformers

extension Workbench {
  /// What a page about attention is to show.
  struct AttentionRequest {
    var metric: MetricInput?
    var hasAblations: Bool
    /// Whether queries and keys are on the page; where they take little if nothing is said.
    var hasNeurons: Bool?
    var heads: AddressInput?
    var title: String?
  }

  /// The page about the attention of a prompt.
  func attentionPage(
    of subject: Value, _ request: AttentionRequest, _ context: Context
  ) throws(Failure) -> AttentionPage {
    guard let input = try SinglePrompt.from(subject) else {
      throw Failure(
        "wrong-type", "a page about attention is of a prompt, not \(subject.kindWithArticle)",
        argument: "of", help: "give it one:   report attention (prompt \"…\") to: \"FILE.html\"")
    }
    if let metric = request.metric, metric.isList {
      throw Failure(
        "wrong-type", "one metric is wanted here, not a list of them", argument: "measure")
    }
    let experiment = try experiment()
    let row = try rows(of: [input.prompt])[0]
    let report = try AttentionReport(experiment, row, heads: request.heads, context)
    let changes =
      try request.hasAblations
      ? report.changes(request.metric?.metrics[0])
      : AttentionReport.Changes(notes: ["Heads were not switched off for this page."])
    record(experiment, [row])
    let name = try current().name
    return try report.page(
      title: request.title ?? "Attention of \(name)", text: input.prompt.sourceText,
      changes: changes, hasNeurons: request.hasNeurons, notes: notes)
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

  /// Some heads of one attention.
  struct Part {
    var side: AttentionSide
    var layers: [AttentionSide.Layer]
    var headCount: Int { layers.reduce(0) { $0 + $1.heads.count } }
  }

  let experiment: Experiment
  let row: PromptRow
  let context: Context
  let parts: [Part]
  private let specialIDs: Set<Int>

  init(
    _ experiment: Experiment, _ row: PromptRow, heads: AddressInput?, _ context: Context
  ) throws(Failure) {
    self.experiment = experiment
    self.row = row
    self.context = context
    let sides = experiment.model.description.attentionSides
    if let heads {
      let chosen = try faultsAsFailures("heads") { () throws(Fault) in
        try HeadSelection(heads.addresses, in: experiment.model.description)
      }
      parts = sides.filter { $0.stack == chosen.stack && $0.isCross == chosen.isCross }.map {
        Part(
          side: $0,
          layers: chosen.layers.map { AttentionSide.Layer($0.site.layer, heads: $0.components) })
      }
    } else {
      parts = sides.map { Part(side: $0, layers: $0.all) }
    }
    specialIDs =
      row.image == nil
      ? try faultsAsFailures { () throws(Fault) in
        try experiment.model.tokenizer()?.special.all ?? []
      } : []
  }

  var description: ModelDescription { experiment.model.description }
  private var hasTwoStacks: Bool { description.stacks.count > 1 }

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
    let count = parts.reduce(0) { $0 + $1.headCount }
    for part in parts {
      let found = try faultsAsFailures("measure") { () throws(Fault) in
        try experiment.headChanges(
          of: metric, on: row, side: part.side, layers: part.layers
        ) { done throws(Fault) in
          context.output.progress(before + done, of: count, "ablations")
          if context.interruption.isRequested { throw .interrupted }
        }
      }
      changes.metric = (metric.summary, found.baseline)
      changes.sides.append(found.changes)
      before += part.headCount
    }
    return changes
  }

  /// The page, with the patterns of one run.
  func page(
    title: String, text: String, changes: Changes, hasNeurons: Bool?, notes: [String]
  ) throws(Failure) -> AttentionPage {
    let neurons = AttentionNeurons(self, isWanted: hasNeurons)
    var pages: [AttentionPage.Side] = []
    for (index, part) in parts.enumerated() {
      var page = emptySide(of: part.side)
      try addPatterns(of: part, to: &page)
      try neurons.add(part, to: &page)
      if index < changes.sides.count { page.changes = changes.sides[index] }
      pages.append(page)
    }
    return AttentionPage(
      title: title, text: text, notes: facts + changes.notes + neurons.notes + notes,
      metric: changes.metric, sides: pages, image: image)
  }

  private func emptySide(of side: AttentionSide) -> AttentionPage.Side {
    var page = AttentionPage.Side(
      name: name(of: side), prefix: hasTwoStacks ? "\(side.stack.rawValue)." : "",
      infix: side.isCross ? "cross." : "",
      queries: tokens(row.extent(of: side.site(layer: 0), in: description)),
      keys: tokens(row.keys(of: side.site(layer: 0))))
    if row.image != nil, let patches = description.embedding.patches {
      page.patches = (patches.rows, patches.columns)
    }
    return page
  }

  private func addPatterns(of part: Part, to page: inout AttentionPage.Side) throws(Failure) {
    var layers = part.layers[...]
    try faultsAsFailures { () throws(Fault) in
      try experiment.eachPattern(of: row, on: part.side, layers: part.layers.map(\.layer)) {
        layer, weights throws(Fault) in
        if context.interruption.isRequested { throw .interrupted }
        guard let next = layers.popFirst() else { return }
        context.output.progress(
          part.layers.count - layers.count, of: part.layers.count, "patterns")
        page.addLayer(number: layer, heads: next.heads, weights: weights)
      }
    }
  }

  private var facts: [String] {
    let layers = parts.map { part in
      let heads = Set(part.layers.map(\.heads.count)).sorted().map(String.init)
        .joined(separator: " or ")
      let name = parts.count > 1 ? self.name(of: part.side).lowercased() + ": " : ""
      return "\(name)\(Value.count(part.layers.count, "layer")) of \(heads) heads"
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

  /// The image with its least value black and its greatest white; nil where the prompt is a text.
  private var image: AttentionPage.Image? {
    guard let image = row.image, image.shape.count == 3 else { return nil }
    let (channels, height, width) = (image.shape[0], image.shape[1], image.shape[2])
    let values = image.elements.map { $0.isFinite ? Double($0) : 0 }
    let least = values.min() ?? 0
    let range = max((values.max() ?? 1) - least, 1e-12)
    var bytes: [UInt8] = []
    for pixel in 0..<height * width {
      for part in 0..<3 {
        let channel = channels >= 3 ? part : 0
        bytes.append(
          UInt8((255 * (values[channel * height * width + pixel] - least) / range).rounded()))
      }
    }
    return AttentionPage.Image(height: height, width: width, bytes: bytes)
  }
}
