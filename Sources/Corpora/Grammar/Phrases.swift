/// Whether a clause tells of the present or of the past.
enum Tense: Sendable {
  case present, past

  /// The form of a verb whose subject has a number.
  func form(_ number: GrammaticalNumber) -> Form {
    switch (self, number) {
    case (.past, _): .past
    case (.present, .singular): .third
    case (.present, .plural): .base
    }
  }

  /// The form of *be*.
  func formOfBe(_ number: GrammaticalNumber) -> Form {
    self == .past && number == .plural ? .pastPlural : form(number)
  }
}

/// A phrase that can be a subject: its head, and what has to agree with it.
struct Phrase {
  var head: Int
  var number: GrammaticalNumber
  var kind: NounClass
}

/// The distributions of the choices that phrases are made of.
enum PhraseChoices {
  enum Determiner: Sendable { case the, a, this, some, many }
  static let singular = Choice<Determiner>([.the: 0.66, .a: 0.26, .this: 0.08])
  static let plural = Choice<Determiner>([.the: 0.66, .some: 0.2, .many: 0.07, .this: 0.07])
  static let pluralShare = 0.45
  static let adjectiveShare = 0.22

  enum Front: Sendable { case none, place, time }
  static let front = Choice<Front>([.none: 0.66, .place: 0.18, .time: 0.16])
}

extension Derivation {
  /// Draws a number.
  mutating func number() -> GrammaticalNumber {
    chance(PhraseChoices.pluralShare) ? .plural : .singular
  }

  /// Draws a tense.
  mutating func tense() -> Tense { chance(0.5) ? .past : .present }

  /// Adds a determiner, perhaps an adjective, and a noun of a class.
  mutating func nounPhrase(
    _ kind: NounClass, _ number: GrammaticalNumber, _ relation: Dependency, head: Int = -1,
    adjectives: Double = PhraseChoices.adjectiveShare
  ) -> Int {
    let determiner = self.determiner(number)
    return nounPhrase(
      kind, number, relation, head: head, determiner: determiner, adjectives: adjectives)
  }

  private mutating func determiner(_ number: GrammaticalNumber) -> LexemeID {
    switch pick(number == .singular ? PhraseChoices.singular : PhraseChoices.plural) {
    case .the: words.function.the
    case .a: words.function.a
    case .this: words.function.this
    case .some: words.function.some
    case .many: words.function.many
    }
  }

  /// Adds a given determiner, perhaps an adjective, and a noun of a class.
  mutating func nounPhrase(
    _ kind: NounClass, _ number: GrammaticalNumber, _ relation: Dependency, head: Int = -1,
    determiner: LexemeID, adjectives: Double = 0, except excluded: [LexemeID] = []
  ) -> Int {
    let form: Form = number == .plural && determiner == words.function.this ? .plural : .base
    let first = add(determiner, form, .determiner)
    let described = adjectives > 0 && chance(adjectives)
    if described {
      let adjective = pick(kind.isAnimate ? words.animate : words.inanimate)
      add(adjective, .base, .adjective)
    }
    let choice = words.nouns(kind)
    let lexeme = excluded.isEmpty ? pick(choice) : pick(choice, except: excluded)
    let noun = add(lexeme, number == .plural ? .plural : .base, relation, head: head)
    for modifier in first..<noun { attach(modifier, to: noun) }
    return noun
  }

  /// Adds a first name.
  mutating func name(_ relation: Dependency, head: Int = -1, except: [LexemeID] = []) -> Int {
    let lexeme = except.isEmpty ? pick(words.names) : pick(words.names, except: except)
    return add(lexeme, .base, relation, head: head)
  }

  /// Adds a preposition and a place: *near the river*.
  mutating func place(_ relation: Dependency, head: Int = -1) -> Int {
    let preposition = add(pick(words.placing), .base, .preposition)
    let number: GrammaticalNumber = chance(0.2) ? .plural : .singular
    let noun = nounPhrase(
      .place, number, relation, head: head, determiner: words.function.the)
    attach(preposition, to: noun)
    return noun
  }

  /// Adds what stands before the subject, with its comma: a place, or a time that fits the tense.
  ///
  /// Returns its head, which the clause attaches to its own.
  mutating func front(_ tense: Tense) -> Int? {
    let head: Int
    switch pick(PhraseChoices.front) {
    case .none: return nil
    case .place: head = place(.oblique)
    case .time:
      head = add(pick(tense == .past ? words.pastTime : words.presentTime), .base, .adverb)
    }
    add(words.function.comma, .base, .punctuation, head: head)
    return head
  }
}
