/// A text and its translation.
public struct TranslationPair: Sendable, Hashable {
  /// English.
  public var source: String
  /// Korean.
  public var target: String
}

/// A text with what a classifier should say of it.
public struct LabeledText<Label: Sendable & Hashable>: Sendable, Hashable {
  /// The text.
  public var text: String
  /// The truth.
  public var label: Label
}

/// Two sentences, and whether the second follows the first.
public struct LabeledPair: Sendable, Hashable {
  /// The first sentence.
  public var first: String
  /// The second sentence.
  public var second: String
  /// Whether the second speaks of something from the first.
  public var follows: Bool
}

extension Probes {
  /// Documents with their translations.
  public static func translationPairs(
    split: Split, count: Int, seed: UInt64, mixture: Mixture = .standard
  ) -> [TranslationPair] {
    documents(mixture, split, count, seed).map {
      TranslationPair(source: $0.text, target: $0.translation)
    }
  }

  /// Reviews with their sentiment.
  public static func reviews(split: Split, count: Int, seed: UInt64) -> [LabeledText<Sentiment>] {
    documents(.only(.review), split, count, seed).map {
      LabeledText(text: $0.text, label: $0.attributes.sentiment ?? .positive)
    }
  }

  /// Pairs of sentences that follow each other or do not.
  public static func pairs(split: Split, count: Int, seed: UInt64) -> [LabeledPair] {
    documents(.only(.pair), split, count, seed).map { document in
      let sentences = document.sentences.map(\.text)
      return LabeledPair(
        first: sentences.first ?? "", second: sentences.last ?? "",
        follows: document.attributes.follows ?? false)
    }
  }

  /// Clauses with the number of their subject, attractors or none.
  public static func numberOfSubject(
    split: Split, count: Int, seed: UInt64
  ) -> [LabeledText<GrammaticalNumber>] {
    let mixture = Mixture([.plain: 0.5, .agreement: 0.5])
    return documents(mixture, split, count, seed).map {
      LabeledText(text: $0.text, label: $0.attributes.subjectNumber ?? .singular)
    }
  }

  private static func documents(
    _ mixture: Mixture, _ split: Split, _ count: Int, _ seed: UInt64
  ) -> [Document] {
    var generator = TextGenerator(seed: seed, mixture: mixture, split: split)
    return (0..<max(count, 0)).map { _ in generator.next() }
  }
}
