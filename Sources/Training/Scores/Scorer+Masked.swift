import Corpora
import Foundation
import Tensors
import Tokenizers
import Transformers

extension Scorer {
  /// The share of clauses whose verb, masked, is likelier in its right number than in the wrong one.
  func maskedAgreement(attractors: Int, count: Int) throws(ModelError) -> Double {
    let tokenizer = try tokenizer()
    guard let mask = tokenizer.special.mask else { return .nan }
    var generator = TextGenerator(seed: seed, mixture: .only(.agreement), split: .test)
    var rows: [(ids: [Int], place: Int, right: Int, wrong: Int)] = []
    while rows.count < count {
      let document = generator.next()
      let facts = document.attributes
      guard facts.attractors == attractors, let verb = facts.verb, let number = facts.subjectNumber,
        facts.attractorNumbers.allSatisfy({ $0 == number.other })
      else { continue }
      let word = document.sentences.flatMap(\.words)[verb]
      guard let wrong = Self.otherNumber[word.text] else { continue }
      let tokens = try tokenizer.tokens(document.text, pair: nil)
      let places = tokens.indices.filter {
        tokens[$0].origin == .text && tokens[$0].offsets.overlaps(word.start..<word.end)
      }
      let other = try tokenizer.ids(" " + wrong)
      guard let place = places.first, places.count == 1, other.count == 1 else { continue }
      var ids = tokens.map(\.id)
      let right = ids[place]
      ids[place] = mask
      rows.append((ids, place, right, other[0]))
    }
    var right = 0
    try run(
      rows,
      batch: { rows in
        (Batch(ids: rows.map(\.ids)), OutputRequest(positions: rows.map { [$0.place] }))
      }
    ) { index, logits throws(ModelError) in
      if logits[0][rows[index].right] > logits[0][rows[index].wrong] { right += 1 }
    }
    return Double(right) / Double(max(count, 1))
  }

  private static let otherNumber = ["is": "are", "are": "is", "was": "were", "were": "was"]

  /// The share of masked tokens that are guessed, one in each document.
  func maskedAccuracy(documents count: Int) throws(ModelError) -> Double {
    let tokenizer = try tokenizer()
    guard let mask = tokenizer.special.mask else { return .nan }
    var generator = TextGenerator(seed: seed, split: .test)
    var random = SeededGenerator(seed: seed)
    var rows: [(ids: [Int], place: Int, right: Int)] = []
    while rows.count < count {
      let tokens = try tokenizer.tokens(generator.next().text, pair: nil)
      let places = tokens.indices.filter { tokens[$0].origin == .text }
      guard let place = places.randomElement(using: &random) else { continue }
      var ids = tokens.map(\.id)
      let right = ids[place]
      ids[place] = mask
      rows.append((ids, place, right))
    }
    var right = 0
    try run(
      rows,
      batch: { rows in
        (Batch(ids: rows.map(\.ids)), OutputRequest(positions: rows.map { [$0.place] }))
      }
    ) { index, logits throws(ModelError) in
      if logits[0].top == rows[index].right { right += 1 }
    }
    return Double(right) / Double(max(count, 1))
  }
}
