/// How much a mixture leaves open: the least loss that any model can have on it.
public struct Entropy: Sendable, Hashable {
  /// How many documents were drawn.
  public let documents: Int
  /// The sum of -log p over them, in nats.
  ///
  /// Divided by the number of tokens in the same documents
  /// (one more for each that ends with a separator) it is the entropy per token.
  public let totalNats: Double
  /// Their words, full stops and commas included, and their characters.
  public let words: Int
  /// The characters of their texts.
  public let characters: Int
  /// The standard error of `natsPerDocument`.
  public let standardError: Double

  /// The entropy of a document.
  public var natsPerDocument: Double { totalNats / Double(documents) }
  /// The entropy per character, spaces included.
  public var natsPerCharacter: Double { totalNats / Double(characters) }

  /// The mean of -log p over documents that the grammar draws.
  ///
  /// Each term is exact, so that only drawing leaves an error, which `standardError` gives.
  /// `documents` below 2 counts as 2.
  public static func estimate(
    mixture: Mixture = .standard, documents: Int, seed: UInt64, split: Split = .all
  ) -> Entropy {
    let count = max(documents, 2)
    var generator = TextGenerator(seed: seed, mixture: mixture, split: split)
    var sum = 0.0
    var squares = 0.0
    var words = 0
    var characters = 0
    for _ in 0..<count {
      let document = generator.next()
      sum -= document.logProbability
      squares += document.logProbability * document.logProbability
      words += document.wordCount
      characters += document.text.utf8.count
    }
    let mean = sum / Double(count)
    let variance = max(0, squares / Double(count) - mean * mean) * Double(count) / Double(count - 1)
    return Entropy(
      documents: count, totalNats: sum, words: words, characters: characters,
      standardError: (variance / Double(count)).squareRoot())
  }
}
