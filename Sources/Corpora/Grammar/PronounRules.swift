/// The choices of documents with pronouns.
enum PronounChoices {
  enum Shape: Sendable { case story, because, when }
  static let shape = Choice<Shape>([.story: 0.6, .because: 0.2, .when: 0.2])
  static let object = Choice<NounClass>([.thing: 0.42, .animal: 0.4, .food: 0.18])
  static let mover = Choice<NounClass>([.thing: 0.7, .vehicle: 0.3])

  /// What the second sentence says of the first's subject and object.
  enum Sequel: Sendable { case act, objectIs, subjectIs, near, front }
  static let sequel = Choice<Sequel>([
    .act: 0.28, .objectIs: 0.24, .subjectIs: 0.16, .near: 0.16, .front: 0.16,
  ])
}

extension Derivation {
  /// A document in which a pronoun takes up something that was named.
  mutating func pronoun() {
    switch pick(PronounChoices.shape) {
    case .story: pronounStory()
    case .because: pronounBecause()
    case .when: pronounWhen()
    }
  }

  /// Adds the pronoun for something that was mentioned, as a mention of the same.
  @discardableResult
  private mutating func pronoun(
    for antecedent: Int, _ number: GrammaticalNumber, object: Bool, _ relation: Dependency,
    head: Int = -1
  ) -> Int {
    let words = words.function
    let lexeme: LexemeID
    switch (number, self.words.lexicon[nodes[antecedent].lexeme].gender) {
    case (.plural, _): lexeme = words.they
    case (_, .feminine): lexeme = words.she
    case (_, .masculine): lexeme = words.he
    case (_, .none): lexeme = words.it
    }
    let form: Form = object ? .object : number == .plural ? .plural : .base
    let node = add(lexeme, form, relation, head: head)
    nodes[node].entity = nodes[antecedent].entity
    attributes.pronouns.append(node)
    return node
  }

  private mutating func pronounStory() {
    let time = chance(0.2) ? add(pick(words.pastTime), .base, .adverb) : nil
    if let time { add(words.function.comma, .base, .punctuation, head: time) }
    let hero = name(.subject)
    nodes[hero].entity = 1
    let verb = add(pick(words.general), .past, .root)
    attach(hero, to: verb)
    if let time { attach(time, to: verb) }
    let kind = pick(PronounChoices.object)
    let number: GrammaticalNumber = chance(0.3) ? .plural : .singular
    let thing = nounPhrase(kind, number, .object, head: verb)
    nodes[thing].entity = 2
    stop(verb)
    sequel(hero, thing, kind, number)
  }

  private mutating func sequel(
    _ hero: Int, _ thing: Int, _ kind: NounClass, _ number: GrammaticalNumber
  ) {
    let root: Int
    switch pick(PronounChoices.sequel) {
    case .act:
      let subject = pronoun(for: hero, .singular, object: false, .subject)
      root = add(pick(words.general), .past, .root)
      attach(subject, to: root)
      pronoun(for: thing, number, object: true, .object, head: root)
    case .objectIs:
      let subject = pronoun(for: thing, number, object: false, .subject)
      root = wasSomething(subject, number, kind)
    case .subjectIs:
      let subject = pronoun(for: hero, .singular, object: false, .subject)
      root = wasSomething(subject, .singular, .person)
    case .near:
      let number = self.number()
      let subject = nounPhrase(.animal, number, .subject)
      let be = add(words.function.be, Tense.past.formOfBe(number), .copula)
      root = nearPronoun(thing, .root)
      attach(be, to: root)
      attach(subject, to: root)
    case .front:
      let place = nearPronoun(thing, .oblique)
      add(words.function.comma, .base, .punctuation, head: place)
      let subject = nounPhrase(pick(AgreementChoices.agent), self.number(), .subject)
      root = add(pick(words.living), .past, .root)
      attach(place, to: root)
      attach(subject, to: root)
    }
    stop(root)
  }

  private mutating func nearPronoun(_ thing: Int, _ relation: Dependency) -> Int {
    let preposition = add(pick(words.placing), .base, .preposition)
    let number: GrammaticalNumber = nodes[thing].form == .plural ? .plural : .singular
    let node = pronoun(for: thing, number, object: true, relation)
    attach(preposition, to: node)
    return node
  }

  /// Adds *was* or *were* and an adjective, the root.
  mutating func wasSomething(
    _ subject: Int, _ number: GrammaticalNumber, _ kind: NounClass, _ relation: Dependency = .root
  ) -> Int {
    let be = add(words.function.be, Tense.past.formOfBe(number), .copula)
    let adjective = add(
      pick(kind.isAnimate ? words.animate : words.inanimate), .base, relation)
    attach(be, to: adjective)
    attach(subject, to: adjective)
    return adjective
  }

  private mutating func pronounBecause() {
    let kind = pick(PronounChoices.mover)
    let number = number()
    let subject = nounPhrase(kind, number, .subject)
    nodes[subject].entity = 1
    let verb = add(pick(words.happening), .past, .root)
    attach(subject, to: verb)
    let because = add(words.function.because, .base, .marker)
    let again = pronoun(for: subject, number, object: false, .subject)
    let reason = wasSomething(again, number, kind, .adverbialClause)
    attach(because, to: reason)
    attach(reason, to: verb)
    stop(verb)
  }

  private mutating func pronounWhen() {
    let when = add(words.function.when, .base, .marker)
    let named = chance(0.45)
    let number: GrammaticalNumber = named ? .singular : self.number()
    let subject = named ? name(.subject) : nounPhrase(.animal, number, .subject)
    nodes[subject].entity = 1
    let reason = wasSomething(subject, number, .animal, .adverbialClause)
    attach(when, to: reason)
    add(words.function.comma, .base, .punctuation, head: reason)
    let again = pronoun(for: subject, number, object: false, .subject)
    let verb = add(pick(words.living), .past, .root)
    attach(again, to: verb)
    attach(reason, to: verb)
    stop(verb)
  }
}
