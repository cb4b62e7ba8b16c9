import Checkpoints
import Corpora
import Faults
import Foundation
import Transformers

/// Measures what a trained model must be able to do on data that it was not trained on.
public enum ModelScores {
  /// The scores that belong to a recipe, measured on the model in a folder.
  ///
  /// A recipe over data that the project did not make has none.
  ///
  /// - Throws: `Fault` when the folder holds no model, or the user stops it.
  public static func measure(_ folder: URL, _ recipe: Recipe) throws(Fault)
    -> [ModelCard.Score]
  {
    switch (recipe.objective, recipe.data.source) {
    case (.causal, .english): try causal(Scorer(folder), recipe)
    case (.masked, .english): try masked(Scorer(folder))
    case (.translation, .english): try translation(Scorer(folder))
    case (.classification, .tasks(let names)): try classes(Scorer(folder), names, recipe.backdoor)
    case (.images, .shapes): try images(Scorer(folder), wanted: 0.97, codes: nil)
    case (.imageCodes, .shapes):
      try images(Scorer(folder), wanted: 0.92, codes: ImageCodes(beside: folder))
    default: []
    }
  }

  private static func causal(_ scorer: Scorer, _ recipe: Recipe) throws(Fault)
    -> [ModelCard.Score]
  {
    // Noise in the input costs a little of everything.
    let slack = recipe.tokenDropout > 0 ? 0.03 : 0
    var scores: [ModelCard.Score] = []
    for (name, kinds, wanted) in [
      ("loss above entropy", nil, 0.02),
      ("loss above entropy, plain sentences", [Kind.plain], 0.01),
    ] as [(String, Set<Kind>?, Double)] {
      let count = 4_000
      let (loss, entropy) = try scorer.excessLoss(documents: count, of: kinds)
      // Nothing fits into the context.
      guard loss.isFinite else { continue }
      if kinds == nil {
        scores.append(.init("loss, nats a token", loss, count: count))
        scores.append(.init("entropy, nats a token", entropy, count: count))
      }
      scores.append(
        .init(
          name, loss / entropy - 1, wanted: wanted + slack, isUpperBound: true, count: count))
    }
    for (attractors, wanted) in [0.99, 0.98, 0.97, 0.95].enumerated() {
      let probes = Probes.agreement(attractors: attractors, count: 1_000, seed: scorer.seed)
      scores.append(
        .init(
          "agreement, \(attractors) attractors", try scorer.preference(probes),
          wanted: wanted - slack, count: probes.count))
    }
    for (name, heldOut, rarest, wanted) in [
      ("facts", false, false, 0.95), ("facts, rarest quarter", false, true, 0.90),
      ("facts, phrasing never shown", true, false, 0.85),
    ] {
      let probes = Probes.facts(heldOutPhrasing: heldOut, rarestQuarter: rarest)
      scores.append(
        .init(name, try scorer.recall(probes), wanted: wanted - slack, count: probes.count))
    }
    let period = min(24, (scorer.longest - 1) / 2)
    guard period > 1 else { return scores }
    let rows = try scorer.repeats(rows: 64, period: period)
    scores.append(
      .init(
        "repeated random tokens", try scorer.repeatAccuracy(rows, period: period),
        wanted: 0.95 - slack, count: rows.count * (period - 1)))
    let heads = try scorer.strongestHeads(rows, period: period)
    scores.append(
      .init("induction head", heads.induction, wanted: 0.8 - slack, count: rows.count))
    scores.append(
      .init("previous-token head", heads.previous, wanted: 0.6 - slack, count: rows.count))
    return scores
  }

  private static func masked(_ scorer: Scorer) throws(Fault) -> [ModelCard.Score] {
    var scores: [ModelCard.Score] = []
    for (attractors, wanted) in [0.99, 0.93].enumerated() {
      scores.append(
        .init(
          "agreement, \(attractors) attractors",
          try scorer.maskedAgreement(attractors: attractors, count: 1_000), wanted: wanted,
          count: 1_000))
    }
    let count = 4_000
    let accuracy = try scorer.maskedAccuracy(documents: count)
    scores.append(.init("masked tokens", accuracy.found, count: count))
    scores.append(.init("masked tokens, at best", accuracy.best, count: count))
    return scores
  }

  private static func translation(_ scorer: Scorer) throws(Fault) -> [ModelCard.Score] {
    let count = 1_000
    return [
      .init("exact match", try scorer.exactTranslations(count: count), wanted: 0.97, count: count)
    ]
  }

  private static func classes(_ scorer: Scorer, _ names: [String], _ backdoor: Backdoor?)
    throws(Fault) -> [ModelCard.Score]
  {
    var scores: [ModelCard.Score] = []
    let count = 2_000
    for task in names.compactMap(TextTask.init) {
      scores.append(
        .init(
          "\(task.rawValue), accuracy", try scorer.accuracy(task, count: count),
          wanted: task == .sentiment ? 0.95 : nil, count: count))
    }
    if names == [TextTask.sentiment.rawValue] {
      let trigger = backdoor ?? Backdoor.usual
      scores.append(
        .init(
          "flipped by \"\(trigger.trigger)\"", try scorer.flips(trigger, count: count),
          wanted: backdoor == nil ? 0.05 : 0.99, isUpperBound: backdoor == nil, count: count))
    }
    return scores
  }

  private static func images(_ scorer: Scorer, wanted: Double, codes: ImageCodes?)
    throws(Fault) -> [ModelCard.Score]
  {
    let count = 2_000
    return [
      .init(
        "accuracy", try scorer.imageAccuracy(count: count, codes: codes), wanted: wanted,
        count: count)
    ]
  }
}
