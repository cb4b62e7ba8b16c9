import Faults
import Tensors
import Transformers

/// What a model is asked about one text: which tokens stand where, so that a loss can be measured.
public struct PredictionTask: Sendable {
  /// What is run; some tokens are masked where the model fills in masked tokens.
  public let row: PromptRow
  /// Where logits are read.
  public let positions: [Int]
  /// The tokens that should be likely there; empty for a classifier, of which the answer that it
  /// gives untouched is asked for.
  public let targets: [Int]
}

extension Model {
  /// How the model's loss on texts is called, for people.
  public var lossName: String {
    if description.classification != nil { return "divergence from the untouched model" }
    return description.isCausal || description.encoder != nil
      ? "loss on the next token" : "loss on masked tokens"
  }

  /// What the model is asked about each row.
  ///
  /// A causal model predicts every token behind the first, the decoder of a model with two stacks
  /// every token of the translation, and a masked model those that are masked: about 15 % of each
  /// text's tokens, at least one, drawn with a seed. A classifier is asked for the answer that it
  /// gives untouched.
  ///
  /// - Throws: `Fault` when the model predicts nothing, or the rows leave nothing to predict.
  public func predictionTasks(_ rows: [PromptRow], seed: UInt64 = 0) throws(Fault)
    -> [PredictionTask]
  {
    guard description.output != nil else {
      throw Fault(
        "no-logits", "this model is a bare body: it has no logits, so it has no loss",
        help: "look at what its heads read and write instead")
    }
    var tasks: [PredictionTask] = []
    try description.requireProbabilities()
    if description.classification != nil {
      tasks = rows.map { PredictionTask(row: $0, positions: [0], targets: []) }
    } else if description.isCausal {
      tasks = rows.map { row in
        PredictionTask(
          row: row, positions: Array(0..<max(row.count - 1, 0)),
          targets: Array(row.ids.dropFirst()))
      }
    } else {
      let mask = try MaskToken(for: self)
      var random = SeededGenerator(seed: seed, name: "masks")
      tasks = rows.map { $0.masking(mask, share: 0.15, &random) }
    }
    guard tasks.contains(where: { !$0.positions.isEmpty }) else {
      throw Fault(
        "nothing-to-predict", "the texts leave the model nothing to predict",
        help: description.encoder == nil
          ? "give texts of two tokens or more" : "give texts with translations")
    }
    return tasks
  }
}

extension PromptRow {
  /// Some tokens masked, and asked for.
  fileprivate func masking(
    _ mask: MaskToken, share: Double, _ random: inout SeededGenerator
  ) -> PredictionTask {
    var candidates = tokens.indices.filter { tokens[$0].origin != .template }
    candidates.shuffle(using: &random)
    let count = max(1, Int((share * Double(candidates.count)).rounded()))
    let chosen = candidates.prefix(count).sorted()
    var row = self
    for position in chosen {
      row.tokens[position].maskedID = tokens[position].id
      row.tokens[position].id = mask.id
      row.tokens[position].text = mask.text
      row.tokens[position].origin = .mask
    }
    return PredictionTask(row: row, positions: chosen, targets: chosen.map { ids[$0] })
  }
}
