import Faults
import Statistics
import Tensors
import Transformers

/// Whether attention ranks the tokens of a text as their effects on its prediction do: by weights of one
/// layer, by rollout up to it, and by flow up to it (Abnar and Zuidema 2020, Quantifying Attention Flow
/// in Transformers).
///
/// What is ranked are the tokens of the text, as seen from the position that the prediction is read
/// from, which itself does not take part; in a model with two stacks those of the source, by the
/// attention that the decoder gives them.
public struct AttentionAgreement: Sendable {
  /// What attention is taken to be.
  public enum Reading: String, Sendable, CaseIterable {
    /// The weights of one layer.
    case raw
    /// Rollout from the input to the layer.
    case rollout
    /// Flow from the input to the layer.
    case flow
  }

  /// What a token does.
  public enum Effect: String, Sendable, CaseIterable {
    /// How far the output moves when the token is masked.
    case blankOut = "blank-out"
    /// |input × gradient| of the likeliest class's logarithm of the probability.
    case gradient
  }

  /// How it is done.
  public struct Settings: Sendable {
    /// What attention is compared with.
    public var effect = Effect.blankOut
    /// What attention is taken to be.
    public var readings = Reading.allCases
    /// How heads become one, and what stays of a token in a step.
    public var mixing = MixingOptions()
    /// What everything random is drawn from.
    public var seed: UInt64 = 0

    /// The published choices.
    public init() {}
  }

  /// One line: a layer, and what attention is taken to be there.
  public struct Line: Sendable {
    /// The address of the attention.
    public let address: Address
    /// What attention is taken to be.
    public let reading: Reading
    /// The mean over texts of Spearman's coefficient.
    public let agreement: Estimate
    /// The chance of one as far from zero with effects in random order within each text.
    public let p: Double
    /// How far it is ahead of the weights of the layer; nil for these themselves.
    public let lead: Estimate?
  }

  /// The lines, layer by layer.
  public let lines: [Line]
  /// How many texts were ranked, and how many tokens in them.
  public let texts: Int, tokens: Int
  /// How many texts have fewer than three tokens to rank and were left out.
  public let skipped: Int

  /// Measures texts.
  ///
  /// - Parameters:
  ///   - position: Where the prediction is read; see `ExplanationCheck.init`.
  ///   - progress: Called with how many texts are done.
  /// - Throws: `Fault` when a text does not fit the model or none can be ranked, and what
  ///   `progress` throws.
  public init(
    _ rows: [PromptRow], at position: PositionSelector?, settings: Settings = Settings(),
    with experiment: Experiment, progress: (Int) throws(Fault) -> Void = { _ in }
  ) throws(Fault) {
    let model = experiment.model.description
    guard !rows.contains(where: { $0.tokens.contains { $0.origin == .patch } }) else {
      throw Fault(
        "no-mask-token", "patches of an image are not ranked: they have no mask",
        help: "see where they flow with   rollout   or   attention_flow")
    }
    let places = model.attentionPlaces
    // Behind the last step that brings a layer what is ranked.
    let steps = places.indices.filter { places[$0].isCross == (model.encoder != nil) }
    let heads = try HeadSelection(
      model.encoder == nil
        ? [] : [Address(stack: model.addressed(.decoder), layers: .all, part: .attn(cross: true))],
      in: model)
    var checks = ExplanationCheck.Settings()
    checks.seed = settings.seed
    let check = ExplanationCheck(experiment, heads: heads, at: position, settings: checks)
    let readings = settings.readings
    let rankings = steps.count * readings.count
    var ranks = RankAgreement(
      rankings: rankings, permutations: PermutationTest.permutations(lines: rankings),
      seed: settings.seed)
    var (tokens, skipped) = (0, 0)
    for (index, row) in rows.enumerated() {
      try progress(index)
      let ranked = model.encoder == nil ? row.tokens : row.source ?? []
      guard ranked.count(where: { $0.origin != .template }) > 2 else {
        skipped += 1
        continue
      }
      let effects = TokenEffects(experiment, try ExplainedRow(check, row))
      guard effects.candidates.count > 2 else {
        skipped += 1
        continue
      }
      tokens += effects.candidates.count
      let reference =
        settings.effect == .gradient ? try effects.gradients() : try effects.blankedOut()
      let graphs = try MixingGraphs(effects, settings.mixing)
      var weights: [[Double]] = []
      for step in steps {
        for reading in readings { weights.append(try graphs.weights(reading, step)) }
      }
      ranks.add(weights, reference: reference)
    }
    try progress(rows.count)
    texts = rows.count - skipped
    guard texts > 0 else {
      throw Fault(
        "too-few-tokens", "no text has three tokens that can be ranked", help: "give longer texts")
    }
    self.tokens = tokens
    self.skipped = skipped
    var lines: [Line] = []
    for (layer, step) in steps.enumerated() {
      for (place, reading) in readings.enumerated() {
        let column = layer * readings.count + place
        lines.append(
          Line(
            address: model.address(of: places[step]), reading: reading,
            agreement: ranks.mean(column), p: ranks.test(column).p,
            lead: readings.firstIndex(of: .raw).flatMap { raw in
              raw == place ? nil : ranks.lead(of: column, over: layer * readings.count + raw)
            }))
      }
    }
    self.lines = lines
  }
}

/// The layered graphs of one text, and what they give the tokens that are ranked.
private struct MixingGraphs {
  private let raw: TokenMixing
  private let mixing: TokenMixing
  private let products: [Tensor<Double>]
  /// The position of the output and the ranked tokens, by their places among the nodes.
  private let query: Int
  private let tokens: [Int]

  init(_ effects: TokenEffects, _ options: MixingOptions) throws(Fault) {
    var plain = options
    plain.residual = .same(0)
    let row = effects.subject.row
    raw = try effects.experiment.mixing(row, plain)
    mixing = try effects.experiment.mixing(row, options)
    products = try mixing.rollout()
    var places: [TokenMixing.Node: Int] = [:]
    for (place, node) in mixing.nodes.enumerated() { places[node] = place }
    query = places[.init(stack: .decoder, position: effects.subject.position)] ?? 0
    let stack: Stack = effects.isSource ? .encoder : .decoder
    tokens = effects.candidates.compactMap { places[.init(stack: stack, position: $0)] }
  }

  func weights(_ reading: AttentionAgreement.Reading, _ step: Int) throws(Fault) -> [Double] {
    let (query, matrix): (Int, Tensor<Double>)
    switch reading {
    case .raw: (query, matrix) = (self.query, raw.steps[step].shares)
    case .rollout: (query, matrix) = (self.query, products[step])
    case .flow: (query, matrix) = (0, try mixing.flow(from: [self.query], behind: step))
    }
    return tokens.map { matrix[query, $0] }
  }
}
