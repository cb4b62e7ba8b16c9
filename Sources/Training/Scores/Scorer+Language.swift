import Corpora
import Faults
import Foundation
import Tensors
import Tokenizers
import Transformers

extension Scorer {
  /// How many documents are drawn for each that is wanted, before a context counts as too short.
  private static let mostDraws = 30

  /// The loss, and what the generator itself leaves open, in nats a token, over documents that
  /// training never showed and the model's context holds.
  ///
  /// - Parameter kinds: The kinds that count, or nil for all in their usual shares.
  func excessLoss(documents count: Int, of kinds: Set<Kind>? = nil) throws(Fault) -> (
    loss: Double, entropy: Double
  ) {
    let tokenizer = try tokenizer()
    var generator = TextGenerator(seed: seed, split: .test)
    var rows: [[Int]] = []
    var surprise = 0.0
    var drawn = 0
    while rows.count < count && drawn < Self.mostDraws * count {
      drawn += 1
      let document = generator.next()
      if let kinds, !kinds.contains(document.kind) { continue }
      let boundary = SpecialPieces.beginningID
      let row = [boundary] + (try tokenizer.ids(document.text)) + [boundary]
      guard row.count <= longest else { continue }
      surprise -= document.logProbability
      rows.append(row)
    }
    var loss = 0.0
    try run(
      rows,
      batch: { rows in
        (Batch(ids: rows.map { Array($0.dropLast()) }), .all)
      }
    ) { index, logits throws(Fault) in
      for (place, line) in logits.enumerated() {
        loss -= line.logProbability(rows[index][place + 1])
      }
    }
    let tokens = Double(rows.reduce(0) { $0 + $1.count - 1 })
    return (loss / tokens, surprise / tokens)
  }

  /// Random tokens said twice.
  func repeats(rows count: Int, period: Int) throws(Fault) -> [[Int]] {
    let tokenizer = try tokenizer()
    var generator = TextGenerator(seed: seed, split: .test)
    var used = Set<Int>()
    for _ in 0..<2_000 { used.formUnion(try tokenizer.ids(generator.next().text)) }
    let ids = used.sorted()
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
      let span = (0..<period).map { _ in ids[Int.random(in: ids.indices, using: &random)] }
      return [SpecialPieces.beginningID] + span + span
    }
  }

  /// The share of tokens of the second time that are predicted; the first of them cannot be.
  func repeatAccuracy(_ rows: [[Int]], period: Int) throws(Fault) -> Double {
    var (right, all) = (0, 0)
    try run(rows, batch: { (Batch(ids: $0), .all) }) { index, logits throws(Fault) in
      for place in period + 1..<2 * period {
        all += 1
        if logits[place].top == rows[index][place + 1] { right += 1 }
      }
    }
    return Double(right) / Double(max(all, 1))
  }

  /// The strongest head of two kinds on random tokens said twice: one that looks at what came
  /// behind the token's first time (Olsson et al., 2022), one that looks at the token before.
  func strongestHeads(_ rows: [[Int]], period: Int) throws(Fault) -> (
    induction: Double, previous: Double
  ) {
    var sums: [[(induction: Double, previous: Double)]] = model.description.blocks.map { block in
      Array(repeating: (0, 0), count: block.attention.heads)
    }
    for row in rows {
      let captures = sums.indices.map { Capture(site: Site(.pattern, layer: $0)) }
      let result = try runtime.run(RunRequest(Batch(ids: [row]), captures: captures))
      for (layer, capture) in captures.enumerated() {
        guard let pattern = result.captured[capture]?.cast(to: Float.self) else { continue }
        for head in sums[layer].indices {
          for query in period + 1..<2 * period {
            sums[layer][head].induction += Double(pattern[0, head, query, query - period + 1])
            sums[layer][head].previous += Double(pattern[0, head, query, query - 1])
          }
        }
      }
    }
    let count = Double(max(rows.count * (period - 1), 1))
    let all = sums.flatMap { $0 }
    return (
      (all.map(\.induction).max() ?? 0) / count, (all.map(\.previous).max() ?? 0) / count
    )
  }
}
