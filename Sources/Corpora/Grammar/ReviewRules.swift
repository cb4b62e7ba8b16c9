/// What a review thinks of its subject.
public enum Sentiment: String, Sendable, Hashable, CaseIterable {
  /// It praises or it blames.
  case positive, negative
}

/// The choices of reviews.
enum ReviewChoices {
  enum Shape: Sendable { case single, and, but, withNeutral }
  static let shape = Choice<Shape>([.single: 0.25, .and: 0.25, .but: 0.25, .withNeutral: 0.25])
  enum Degree: Sendable { case plain, degree, not }
  static let degree = Choice<Degree>([.plain: 0.5, .degree: 0.25, .not: 0.25])
}

extension Derivation {
  /// A review: *the film was not boring, but the music was terrible.*
  ///
  /// The last judgement counts.
  mutating func review() {
    let positive = chance(0.5)
    attributes.sentiment = positive ? .positive : .negative
    let tense = tense()
    let first = pick(words.items)
    let shape = pick(ReviewChoices.shape)
    guard shape != .single else { return stop(judgement(first, positive, tense)) }
    let second = pick(words.items, except: [first])
    switch shape {
    case .single: break
    case .and:
      let root = judgement(first, positive, tense)
      join(words.function.and, judgement: second, positive, tense, to: root)
    case .but:
      let root = judgement(first, !positive, tense)
      join(words.function.but, judgement: second, positive, tense, to: root)
    case .withNeutral:
      stop(remark(first, tense))
      stop(judgement(second, positive, tense))
    }
  }

  private mutating func join(
    _ word: LexemeID, judgement item: LexemeID, _ positive: Bool, _ tense: Tense, to root: Int
  ) {
    let comma = add(words.function.comma, .base, .punctuation)
    let conjunction = add(word, .base, .coordination)
    let other = judgement(item, positive, tense, .conjunct)
    attach(comma, to: other)
    attach(conjunction, to: other)
    attach(other, to: root)
    stop(root)
  }

  private mutating func item(_ lexeme: LexemeID, _ tense: Tense) -> (subject: Int, be: Int) {
    let the = add(words.function.the, .base, .determiner)
    let subject = add(lexeme, .base, .subject)
    attach(the, to: subject)
    return (subject, add(words.function.be, tense.formOfBe(.singular), .copula))
  }

  private mutating func judgement(
    _ lexeme: LexemeID, _ positive: Bool, _ tense: Tense, _ relation: Dependency = .root
  ) -> Int {
    let (subject, be) = item(lexeme, tense)
    var adverb: Int?
    var polarity = positive
    switch pick(ReviewChoices.degree) {
    case .plain: break
    case .degree: adverb = add(pick(words.degree), .base, .adverb)
    case .not:
      adverb = add(words.function.not, .base, .adverb)
      polarity.toggle()
    }
    let adjective = add(pick(polarity ? words.positive : words.negative), .base, relation)
    if let adverb { attach(adverb, to: adjective) }
    attach(subject, to: adjective)
    attach(be, to: adjective)
    return adjective
  }

  private mutating func remark(_ lexeme: LexemeID, _ tense: Tense) -> Int {
    let (subject, be) = item(lexeme, tense)
    let adjective = add(pick(words.neutral), .base, .root)
    attach(subject, to: adjective)
    attach(be, to: adjective)
    return adjective
  }
}
