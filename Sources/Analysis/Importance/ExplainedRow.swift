import Faults
import Tensors
import Transformers

/// A text whose prediction is to be explained: its attention and its output, untouched.
struct ExplainedRow: Sendable {
  let row: PromptRow
  /// Where the output is read, among the tokens of the row.
  let position: Int
  /// The distributions of the output: one, or one for each task of a classifier.
  let distributions: [Distribution]
  let model: ModelDescription
  let heads: HeadSelection
  let attention: HeadPatterns

  init(_ check: ExplanationCheck, _ row: PromptRow) throws(Fault) {
    let experiment = check.experiment
    try experiment.model.description.requireProbabilities()
    let (row, position) = try experiment.read(row, at: check.position, seed: check.settings.seed)
    self.row = row
    self.position = position
    model = experiment.model.description
    let heads = check.heads
    self.heads = heads
    let captures = heads.layers.map { Capture(site: $0.site, components: $0.components) }
    let result = try experiment.run(
      [row], captures: captures, output: OutputRequest(positions: [[position]]))
    guard let logits = result.logitRows.first else {
      throw Fault("no-logits", "the model gave no logits for the text")
    }
    distributions = model.distributions(logits)
    // Only a stack whose tokens the output is read from has a row of the output.
    let own = heads.stack == .decoder && check.settings.isOutputRowOnly ? position : nil
    var layers: [HeadPatterns.Layer] = []
    for (index, (layer, capture)) in zip(heads.layers, captures).enumerated() {
      guard let pattern = result.captured[capture] else {
        throw Fault("not-captured", "the run did not reach the heads")
      }
      let (queries, keys) = (pattern.shape[2], pattern.shape[3])
      let window = heads.windows[index] ?? keys
      layers.append(
        HeadPatterns.Layer(
          site: layer.site, components: layer.components, queries: queries, keys: keys,
          changed: (own.map { [$0] } ?? Array(0..<queries)).map { query in
            (query, heads.isCausal ? max(0, query + 1 - window)..<query + 1 : 0..<keys)
          },
          weights: pattern.doubles))
    }
    attention = HeadPatterns(layers: layers)
  }

  /// Which logits a run of so many copies of the text computes.
  func output(_ copies: Int) -> OutputRequest {
    OutputRequest(positions: Array(repeating: [position], count: copies))
  }

  func edits(_ patterns: HeadPatterns, batchRow: Int) -> [Edit] {
    patterns.edits(batchRow: batchRow)
  }

  /// The total variation distance of the output that logits make, ½ Σ |p − q|; averaged over tasks.
  func distance(of logits: [Double]) -> Double { distance(from: model.distributions(logits)) }

  /// The same of distributions.
  func distance(from others: [Distribution]) -> Double {
    let sum = zip(distributions, others).reduce(0) { sum, pair in
      sum + pair.0.logits.indices.reduce(0) {
        $0 + abs(pair.0.probability($1) - pair.1.probability($1))
      } / 2
    }
    return sum / Double(max(distributions.count, 1))
  }

  /// That distance's gradient with respect to the logits.
  func distanceGradient(_ logits: [Double]) -> [Double] {
    let tasks = Double(max(distributions.count, 1))
    return zip(model.logitGroups, distributions).flatMap { group, before in
      let after = group.distribution(logits)
      let probabilities = after.logits.indices.map(after.probability)
      let signs = probabilities.indices.map { index -> Double in
        let change = probabilities[index] - before.probability(index)
        return change == 0 ? 0 : change > 0 ? 0.5 : -0.5
      }
      let mean = zip(probabilities, signs).reduce(0) { $0 + $1.0 * $1.1 }
      return group.own(
        probabilities.indices.map { probabilities[$0] * (signs[$0] - mean) / tasks })
    }
  }
}

extension Experiment {
  /// The row as its prediction is read, and where: at a position that is given, and else where the model
  /// has something to say.
  ///
  /// - Throws: `Fault` when the position is not there, or nothing can be masked.
  fileprivate func read(_ row: PromptRow, at selector: PositionSelector?, seed: UInt64)
    throws(Fault) -> (row: PromptRow, position: Int)
  {
    if model.description.classification != nil { return (row, 0) }
    if let selector { return (row, try row.resolveOne(selector)) }
    guard !model.description.isCausal else { return (row, row.count - 1) }
    if let masked = row.tokens.firstIndex(where: { $0.maskedID != nil }) { return (row, masked) }
    let plain = row.tokens.indices.filter { row.tokens[$0].origin != .template }
    var random = SeededGenerator(seed: seed, name: "masked in " + row.texts.joined())
    guard !plain.isEmpty else {
      throw Fault(
        "nothing-masked", "no token of the text can be masked", help: "give longer texts")
    }
    let position = plain[random.index(below: plain.count)]
    var masked = row
    do {
      masked.tokens = try PromptChange.mask(.indices([position])).apply(
        to: row.tokens, model: model)
    } catch {
      throw Fault(
        error.code, error.message, help: "say where the prediction is read:   at: @\(position)")
    }
    return (masked, position)
  }
}
