import Faults
import Tensors
import Tokenizers
import Transformers

/// Rows of documents one behind the other, each to be predicted token by token.
///
/// Some rows are random tokens said over and over instead. Token dropout spares these: a replaced
/// token would not be told from the others, and what is to be copied could not be found.
struct CausalBatches: BatchMaker {
  let source: any TextSource
  let tokenizer: Tokenizer
  let rows: Int
  let context: Int
  let repeats: Double
  let dropout: TokenDropout
  let draws: Draws
  /// The token that stands before every document.
  let boundary: Int

  mutating func batch(step: Int) throws(Fault) -> TrainingBatch {
    var generator = draws.generator("rows", step: step)
    var texts = TextStream(source, draw: draws.number("texts", step: step))
    var inputs: [[Int]] = []
    var targets: [Int] = []
    var noisy: [Int] = []
    for row in 0..<rows {
      let isRepeated = generator.uniform() < repeats
      let ids = isRepeated ? try repeated(&generator, &texts) : try documents(from: &texts)
      inputs.append(Array(ids.dropLast()))
      targets += ids.dropFirst()
      if !isRepeated { noisy.append(row) }
    }
    for row in noisy { dropout.apply(to: &inputs[row], &generator) }
    return TrainingBatch(Batch(ids: inputs), .all, right: targets)
  }

  /// `context + 1` tokens of documents.
  private func documents(from texts: inout TextStream) throws(Fault) -> [Int] {
    var ids: [Int] = []
    while ids.count <= context {
      ids.append(boundary)
      ids += try tokenizer.ids(texts.next().text)
    }
    return Array(ids.prefix(context + 1))
  }

  /// `context + 1` tokens: random ones with a period of 8 to 31, in half of all cases behind some
  /// documents and a boundary.
  ///
  /// The other half has no boundary: a row that began with one and went on at random would teach
  /// that documents may begin with anything.
  private func repeated(_ generator: inout SeededGenerator, _ texts: inout TextStream)
    throws(Fault) -> [Int]
  {
    let period = Int.random(in: 8...31, using: &generator)
    let span = (0..<period).map { _ in dropout.randomToken(&generator) }
    var ids: [Int] = []
    if generator.uniform() < 0.5 {
      let length = Int.random(in: 1...max(context / 3, 1), using: &generator)
      while ids.count < length {
        ids.append(boundary)
        ids += try tokenizer.ids(texts.next().text)
      }
      ids.append(boundary)
    }
    let start = ids.count
    while ids.count <= context { ids.append(span[(ids.count - start) % period]) }
    return Array(ids.prefix(context + 1))
  }
}

/// Texts of a draw, one after the other.
struct TextStream {
  private let source: any TextSource
  private let draw: UInt64
  private var texts: [TextExample] = []
  private var index = 0

  init(_ source: any TextSource, draw: UInt64) {
    self.source = source
    self.draw = draw
  }

  mutating func next() -> TextExample {
    if index == texts.count { texts = source.texts(draw: draw, count: max(2 * index, 64)) }
    defer { index += 1 }
    return texts[index]
  }
}
