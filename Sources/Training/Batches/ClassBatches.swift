import Faults
import Tokenizers
import Transformers

/// Texts and their classes.
struct ClassBatches: BatchMaker {
  private struct Row: Sendable {
    var ids: [Int]
    var types: [Int]
    var labels: [Int?]
  }

  private var groups: LengthGroups<Row>
  private let dropout: TokenDropout
  private let draws: Draws
  private let columns: [Range<Int>?]

  /// - Parameter classes: How many classes each task has.
  init(
    source: any TextSource, tokenizer: Tokenizer, rows: Int, context: Int, dropout: TokenDropout,
    draws: Draws, classes: [Int]
  ) {
    self.dropout = dropout
    self.draws = draws
    var end = 0
    let ranges = classes.map { count in
      end += count
      return end - count..<end
    }
    columns = ranges.count == 1 ? [nil] : ranges
    groups = LengthGroups(rows: rows, draws: draws, length: { $0.ids.count }) {
      draw, count throws(Fault) in
      try source.texts(draw: draw, count: count).map { text throws(Fault) in
        let tokens = try tokenizer.tokens(text.text, pair: text.pair).prefix(context)
        return Row(ids: tokens.map(\.id), types: tokens.map(\.type), labels: text.labels)
      }
    }
  }

  mutating func batch(step: Int) throws(Fault) -> TrainingBatch {
    var generator = draws.generator("rows", step: step)
    let rows = try groups.items(step: step)
    var ids = rows.map(\.ids)
    dropout.apply(to: &ids, &generator)
    return TrainingBatch(
      Batch(ids: ids, segments: rows.map(\.types)), .all,
      targets: columns.indices.map { task in
        TrainingBatch.Targets(columns: columns[task], right: rows.map { $0.labels[task] })
      })
  }
}
