import Faults
import Tensors
import Tokenizers
import Transformers

/// Rows of one document each, some of whose tokens are hidden and to be guessed (Devlin et al.,
/// 2019: of those chosen 80 % are masked, 10 % replaced by a random token, 10 % left).
struct MaskedBatches: BatchMaker {
  private var groups: LengthGroups<MaskableRow>
  private let plan: DataPlan
  private let dropout: TokenDropout
  private let draws: Draws
  private let mask: Int

  init(
    source: any TextSource, tokenizer: Tokenizer, mask: Int, rows: Int, context: Int,
    plan: DataPlan, dropout: TokenDropout, draws: Draws
  ) {
    self.plan = plan
    self.dropout = dropout
    self.draws = draws
    self.mask = mask
    groups = LengthGroups(rows: rows, draws: draws, length: { $0.ids.count }) {
      draw, count throws(Fault) in
      try source.texts(draw: draw, count: count).map { text throws(Fault) in
        try MaskableRow(text, tokenizer, longest: context)
      }
    }
  }

  mutating func batch(step: Int) throws(Fault) -> TrainingBatch {
    var generator = draws.generator("masks", step: step)
    var inputs: [[Int]] = []
    var places: [[Int]] = []
    var targets: [Int] = []
    for row in try groups.items(step: step) {
      let chosen = row.choose(masked: plan.masked, verbs: plan.maskedVerbs, &generator)
      var ids = row.ids
      var isHidden = Set<Int>()
      for place in chosen {
        isHidden.insert(place)
        targets.append(ids[place])
        let draw = generator.uniform()
        if draw < 0.8 {
          ids[place] = mask
        } else if draw < 0.9 {
          ids[place] = dropout.randomToken(&generator)
        }
      }
      inputs.append(ids)
      places.append(chosen)
    }
    dropout.apply(to: &inputs, &generator)
    return TrainingBatch(Batch(ids: inputs), OutputRequest(positions: places), right: targets)
  }
}

/// A document as a row, with the places that may be hidden.
struct MaskableRow: Sendable {
  /// The ids, the template's among them.
  var ids: [Int]
  private var text: [Int]
  private var verbs: Set<Int>

  init(_ example: TextExample, _ tokenizer: Tokenizer, longest: Int) throws(Fault) {
    let tokens = Array(try tokenizer.tokens(example.text, pair: example.pair).prefix(longest))
    ids = tokens.map(\.id)
    text = tokens.indices.filter { tokens[$0].origin != .template }
    verbs = Set(
      tokens.indices.filter { index in
        tokens[index].origin == .text
          && example.verbs.contains { $0.overlaps(tokens[index].offsets) }
      })
  }

  /// The places to hide; at least one where there is any text.
  func choose(masked: Double, verbs share: Double, _ generator: inout SeededGenerator) -> [Int] {
    let chosen = text.filter { place in
      generator.uniform() < (verbs.contains(place) ? share : masked)
    }
    if chosen.isEmpty, let one = text.randomElement(using: &generator) { return [one] }
    return chosen
  }
}
