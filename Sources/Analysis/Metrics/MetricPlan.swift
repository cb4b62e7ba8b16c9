import Faults
import Foundation
import Transformers

/// A metric prepared for one row: which logits it needs, and how its number comes out of them.
///
/// The output layer computes the positions and columns listed here and no others: a logit
/// difference needs two columns of one row.
struct MetricPlan: Sendable {
  /// The row that runs: the prompt, with the tokens of a scored text behind it.
  var row: PromptRow
  /// The positions whose logits are needed.
  var positions: [Int]
  /// The vocabulary columns that are needed, or nil for all.
  var columns: [Int]?
  /// What is computed.
  private(set) var formula: Formula
  /// The distributions among the logits; several for a classifier of several tasks.
  private(set) var distributions: [LogitGroup]

  enum Formula: Sendable {
    case column
    case difference
    case sequence(ids: [Int], isLog: Bool)
    case rank(Int)
    case loss(targets: [Int])
    case entropy
    case divergence
  }

  /// - Throws: `Fault` when a token is unknown or several, or a position is not there.
  init(_ metric: Metric, row: PromptRow, model: Model) throws(Fault) {
    self.row = row
    positions = []
    columns = nil
    formula = .entropy
    distributions = model.description.logitGroups
    if case .loss = metric.kind {
      try prepareLoss(model)
      return
    }
    positions = [
      try row.extent(of: Site(.logits), in: model.description)
        .resolveOne(metric.position ?? row.prediction(of: model.description))
    ]
    switch metric.kind {
    case .logit, .logitDiff: break
    default: try model.description.requireProbabilities()
    }
    switch metric.kind {
    case .logit(let token):
      columns = [try token.id(for: model)]
      formula = .column
    case .logitDiff(let first, let second):
      columns = [try first.id(for: model), try second.id(for: model)]
      formula = .difference
    case .prob(let token): try prepareSequence(token, model, isLog: false)
    case .logProb(let token): try prepareSequence(token, model, isLog: true)
    case .rank(let token): formula = .rank(try token.id(for: model))
    case .kl: formula = .divergence
    case .entropy, .loss: formula = .entropy
    }
  }

  private mutating func prepareSequence(_ token: TokenName, _ model: Model, isLog: Bool)
    throws(Fault)
  {
    var ids = try token.ids(for: model)
    let isAtEnd = positions == [row.count - 1]
    if ids.count > 1 && !(model.description.canGenerate && isAtEnd) {
      ids = [try token.id(for: model)]
    }
    formula = .sequence(ids: ids, isLog: isLog)
    let tokenizer = try model.tokenizer()
    for id in ids.dropLast() {
      positions.append(row.count)
      row = row.scoring(
        PromptToken(id: id, text: tokenizer?.text(of: id) ?? "\(id)", origin: .text))
    }
  }

  private mutating func prepareLoss(_ model: Model) throws(Fault) {
    try model.description.requireProbabilities()
    if let label = model.description.classification?.labels.first {
      throw Fault(
        "no-vocabulary", "the loss of a classifier needs a label, which a prompt does not hold",
        help: "measure the label that is right:   measure p (log_prob \"\(label)\")")
    }
    if model.description.isCausal {
      guard row.count > 1 else {
        throw Fault(
          "empty-prompt",
          row.source == nil
            ? "the loss of a prompt needs two tokens, this one has \(row.count)"
            : "the loss of a translation needs a target, and this prompt has none",
          help: row.source == nil ? nil : "give it one:   prompt \"…\" target: \"…\"")
      }
      positions = Array(0..<row.count - 1)
      formula = .loss(targets: Array(row.ids.dropFirst()))
      return
    }
    let masked = row.tokens.indices.filter { row.tokens[$0].maskedID != nil }
    guard !masked.isEmpty else {
      throw Fault(
        "nothing-masked",
        "the loss of a masked model is taken at masked tokens, and none is masked",
        help: "mask one first:   measure (mask p @3) loss")
    }
    positions = masked
    formula = .loss(targets: masked.compactMap { row.tokens[$0].maskedID })
  }

  /// The number, from the logits at `positions` and, for a divergence, from the untouched ones.
  func value(_ logits: [[Double]], untouched: [[Double]]?) -> Double {
    switch formula {
    case .column: return logits[0][0]
    case .difference: return logits[0][0] - logits[0][1]
    case .sequence(let ids, let isLog):
      let sum = zip(ids, logits).reduce(0) {
        let group = group(with: $1.0)
        return $0
          + group.distribution($1.1).logProbability($1.0 - group.columns.lowerBound)
      }
      return isLog ? sum : Foundation.exp(sum)
    case .rank(let id):
      let group = group(with: id)
      // Labels that do not exclude one another are ranked together.
      if group.isBinary { return Double(Distribution(logits: logits[0]).rank(id)) }
      return Double(group.distribution(logits[0]).rank(id - group.columns.lowerBound))
    case .loss(let targets):
      let sum = zip(targets, logits).reduce(0) {
        $0 - Distribution(logits: $1.1).logProbability($1.0)
      }
      return sum / Double(targets.count)
    case .entropy:
      return distributions.reduce(0) { $0 + $1.distribution(logits[0]).entropy }
    case .divergence:
      guard let untouched else { return 0 }
      return distributions.reduce(0) {
        $0 + $1.distribution(untouched[0]).divergence(to: $1.distribution(logits[0]))
      }
    }
  }

  /// The distribution that a token or a class belongs to.
  func group(with id: Int) -> LogitGroup {
    distributions.first { $0.columns.contains(id) } ?? distributions[0]
  }
}
