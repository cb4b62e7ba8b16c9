/// The choices of clauses with an ambiguous word.
enum SenseChoices {
  enum Cue: Sendable { case verb, adjective, ofSubject, ofObject }
  static let cue = Choice<Cue>([
    .verb: 0.28, .adjective: 0.24, .ofSubject: 0.24, .ofObject: 0.24,
  ])
}

extension Derivation {
  /// A clause with a word that has two senses, and something that tells which is meant.
  mutating func sense() {
    let sense = pick(words.senses)
    let cue = pick(SenseChoices.cue)
    let tense = tense()
    switch cue {
    case .verb, .ofObject:
      let number = number()
      let subject = nounPhrase(.person, number, .subject, adjectives: 0)
      let lexeme =
        cue == .verb ? sense.verbs[uniform(sense.verbs.count)] : pick(words.general)
      let verb = add(lexeme, tense.form(number), .root)
      attach(subject, to: verb)
      let noun = ambiguous(sense, .object, head: verb).head
      if cue == .ofObject { modify(noun, sense) }
      stop(verb)
    case .adjective, .ofSubject:
      let noun = ambiguous(sense, .subject)
      if cue == .ofSubject { modify(noun.head, sense) }
      let be = add(words.function.be, tense.formOfBe(noun.number), .copula)
      let said =
        cue == .adjective
        ? sense.adjectives[uniform(sense.adjectives.count)] : pick(words.inanimate)
      let adjective = add(said, .base, .root)
      attach(noun.head, to: adjective)
      attach(be, to: adjective)
      stop(adjective)
    }
  }

  private mutating func ambiguous(
    _ sense: Sense, _ relation: Dependency, head: Int = -1
  ) -> Phrase {
    let number: GrammaticalNumber = chance(0.3) ? .plural : .singular
    let the = add(words.function.the, .base, .determiner)
    let noun = add(sense.noun, number == .plural ? .plural : .base, relation, head: head)
    attach(the, to: noun)
    attributes.ambiguous = noun
    return Phrase(head: noun, number: number, kind: .thing)
  }

  private mutating func modify(_ noun: Int, _ sense: Sense) {
    let modifier = sense.modifiers[uniform(sense.modifiers.count)]
    let preposition = add(modifier.preposition, .base, .preposition)
    let the = add(words.function.the, .base, .determiner)
    let place = add(modifier.noun, .base, .modifier, head: noun)
    attach(preposition, to: place)
    attach(the, to: place)
  }
}
