/// A stream of documents that is the same for the same seed on every machine.
///
/// It holds no more than one document at a time.
public struct TextGenerator {
  private var derivation: Derivation
  private let kinds: Choice<Kind>
  private let split: Split

  /// A stream with a seed, a mixture of kinds and a split.
  ///
  /// A mixture without any positive share counts as one of all kinds alike.
  public init(seed: UInt64, mixture: Mixture = .standard, split: Split) {
    derivation = Derivation(seed: seed, split: split)
    kinds = mixture.choice ?? Choice(Kind.allCases, weights: Kind.allCases.map { _ in 1 })
    self.split = split
  }

  /// The next document.
  public mutating func next() -> Document {
    while true {
      let document = derivation.document(kinds)
      if split.contains(document) {
        return document
      }
    }
  }
}

extension Derivation {
  /// Derives a document of a kind that is drawn.
  mutating func document(_ kinds: Choice<Kind>) -> Document {
    clear()
    let kind = pick(kinds)
    let before = logProbability
    derive(kind)
    return finished(kind, logProbabilityOfKind: before)
  }

  /// The document that the words make.
  func finished(_ kind: Kind, logProbabilityOfKind: Double) -> Document {
    let text = Document.spell(nodes, words)
    let isRare = logProbability - logProbabilityOfKind < kind.commonest
    return Document(
      text: text, kind: kind, logProbability: logProbability, attributes: attributes,
      isRare: isRare, isHeldOut: isRare && Split.holdsOut(text), nodes: nodes, ends: ends,
      words: words)
  }

  /// Applies the rule of a kind.
  mutating func derive(_ kind: Kind) {
    switch kind {
    case .plain: plain()
    case .agreement: agreement()
    case .fact: fact()
    case .pronoun: pronoun()
    case .sense: sense()
    case .repetition: repetition()
    case .role: role()
    case .count: count()
    case .comparison: comparison()
    case .pair: pair()
    case .review: review()
    }
  }
}
