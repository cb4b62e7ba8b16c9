import Corpora
import Faults
import Foundation
import Tensors
import Tokenizers
import Transformers

extension Scorer {
  /// The share of clauses whose verb, masked, is likelier in its right number than in the wrong one.
  func maskedAgreement(attractors: Int, count: Int) throws(Fault) -> Double {
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
    ) { index, logits throws(Fault) in
      if logits[0][rows[index].right] > logits[0][rows[index].wrong] { right += 1 }
    }
    return Double(right) / Double(max(count, 1))
  }

  private static let otherNumber = ["is": "are", "are": "is", "was": "were", "were": "was"]

  /// The share of masked tokens that are guessed, one in each document, and the share that nobody
  /// can exceed who sees the other tokens of the same documents.
  func maskedAccuracy(documents count: Int) throws(Fault) -> (found: Double, best: Double) {
    let tokenizer = try tokenizer()
    guard let mask = tokenizer.special.mask else { return (.nan, .nan) }
    var generator = AlternativeGenerator(seed: seed)
    var random = SeededGenerator(seed: seed)
    var rows: [(ids: [Int], place: Int, right: Int)] = []
    var best = 0.0
    while rows.count < count {
      if Workers.cancellation() { throw .interrupted }
      let document = generator.next()
      let tokens = try tokenizer.tokens(document.text, pair: nil)
      let places = tokens.indices.filter { tokens[$0].origin == .text }
      guard let place = places.randomElement(using: &random) else { continue }
      best += try bestGuess(of: tokens[place], in: document, generator, tokenizer)
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
    ) { index, logits throws(Fault) in
      if logits[0].top == rows[index].right { right += 1 }
    }
    let total = Double(max(count, 1))
    return (Double(right) / total, best / total)
  }

  /// How often the best guess of a token is right, for somebody who sees all other tokens of the
  /// document and knows every other choice behind it.
  private func bestGuess(
    of token: Token, in document: Document, _ generator: AlternativeGenerator,
    _ tokenizer: Tokenizer
  ) throws(Fault) -> Double {
    let words = document.sentences.flatMap(\.words)
    guard let place = words.firstIndex(where: { token.offsets.overlaps($0.start..<$0.end) })
    else { return 1 }
    // The pieces of the word, and which of them is hidden.
    let space = words[place].start > 0 && (place == 0 || words[place - 1].end < words[place].start)
    func pieces(_ word: String) throws(Fault) -> [Int] {
      try tokenizer.ids(space ? " " + word : word)
    }
    let own = try pieces(words[place].text)
    let before = try tokenizer.tokens(document.text, pair: nil).filter {
      $0.origin == .text && $0.offsets.overlaps(words[place].start..<words[place].end)
        && $0.offsets.lowerBound < token.offsets.lowerBound
    }
    let hidden = before.count
    var shares: [Int: Double] = [:]
    for other in generator.alternatives(to: document, at: place).words {
      let ids = try pieces(other.word)
      guard ids.count == own.count, hidden < ids.count,
        own.indices.allSatisfy({ $0 == hidden || ids[$0] == own[$0] })
      else { continue }
      shares[ids[hidden], default: 0] += exp(other.logProbability - document.logProbability)
    }
    guard let most = shares.values.max() else { return 1 }
    return most / shares.values.reduce(0, +)
  }
}
