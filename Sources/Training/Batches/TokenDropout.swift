import Tensors

/// Random replacement of input tokens.
struct TokenDropout: Sendable {
  /// The share of tokens that are replaced.
  let rate: Double
  /// The ids that stand for text: no special token is ever put in or replaced.
  let textIDs: [Int]
  private let isText: Set<Int>

  init(rate: Double, textIDs: [Int]) {
    self.rate = rate
    self.textIDs = textIDs
    isText = Set(textIDs)
  }

  /// A random token of the text.
  func randomToken(_ generator: inout SeededGenerator) -> Int {
    textIDs[Int.random(in: 0..<textIDs.count, using: &generator)]
  }

  func apply(to rows: inout [[Int]], _ generator: inout SeededGenerator) {
    for row in rows.indices { apply(to: &rows[row], &generator) }
  }

  func apply(to row: inout [Int], _ generator: inout SeededGenerator) {
    guard rate > 0 else { return }
    for place in row.indices where isText.contains(row[place]) {
      if generator.uniform() < rate { row[place] = randomToken(&generator) }
    }
  }
}
