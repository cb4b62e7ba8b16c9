import Faults
import Tokenizers
import Transformers

/// Texts and their translations: the decoder is given the right translation up to each token, and
/// predicts that token.
struct TranslationBatches: BatchMaker {
  private struct Row: Sendable {
    var source: [Int]
    var target: [Int]
  }

  private var groups: LengthGroups<Row>
  private let dropout: TokenDropout
  private let draws: Draws
  private let start: Int

  init(
    source: any TextSource, tokenizer: Tokenizer, rows: Int, context: Int, dropout: TokenDropout,
    draws: Draws, start: Int, end: Int
  ) {
    self.dropout = dropout
    self.draws = draws
    self.start = start
    groups = LengthGroups(rows: rows, draws: draws, length: { $0.source.count + $0.target.count }) {
      draw, count throws(Fault) in
      try source.texts(draw: draw, count: count).map { text throws(Fault) in
        Row(
          source: Array((try tokenizer.ids(text.text) + [end]).suffix(context)),
          target: Array((try tokenizer.ids(text.target ?? "") + [end]).prefix(context)))
      }
    }
  }

  mutating func batch(step: Int) throws(Fault) -> TrainingBatch {
    var generator = draws.generator("rows", step: step)
    let rows = try groups.items(step: step)
    var sources = rows.map(\.source)
    dropout.apply(to: &sources, &generator)
    return TrainingBatch(
      Batch(source: sources, ids: rows.map { [start] + $0.target.dropLast() }), .all,
      right: rows.flatMap(\.target))
  }
}
