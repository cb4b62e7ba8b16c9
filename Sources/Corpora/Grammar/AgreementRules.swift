/// The choices of clauses with *be* whose subject has attractors.
enum AgreementChoices {
  static let subject = Choice<NounClass>([
    .animal: 0.3, .person: 0.28, .thing: 0.24, .furniture: 0.08, .vehicle: 0.1,
  ])
  static let depth = Choice<Int>([0: 0.28, 1: 0.34, 2: 0.22, 3: 0.16])
  enum Modifier: Sendable { case preposition, subjectRelative, objectRelative }
  static let ofAnimate = Choice<Modifier>([
    .preposition: 0.5, .objectRelative: 0.27, .subjectRelative: 0.23,
  ])
  static let ofInanimate = Choice<Modifier>([.preposition: 0.68, .objectRelative: 0.32])
  static let attractor = Choice<NounClass>([
    .animal: 0.24, .person: 0.2, .place: 0.22, .furniture: 0.18, .thing: 0.16,
  ])
  static let agent = Choice<NounClass>([.animal: 0.5, .person: 0.5])
  enum Predicate: Sendable { case adjective, state, place }
  static let predicate = Choice<Predicate>([.adjective: 0.5, .place: 0.36, .state: 0.14])
}

/// What probes ask of a subject: how many attractors, all of the other number.
struct AttractorDemand {
  var count: Int
  /// What the subject's number is, so that probes are balanced.
  var number: GrammaticalNumber
}

extension Derivation {
  /// A clause with *is*, *are*, *was* or *were*, and 0 to 3 attractors between subject and verb.
  mutating func agreement() {
    let tense = tense()
    let front = front(tense)
    let subject = agreementSubject()
    let be = add(words.function.be, tense.formOfBe(subject.number), .copula)
    attributes.verb = be
    let root: Int
    switch pick(AgreementChoices.predicate) {
    case .place: root = place(.root)
    case .adjective: root = quality(of: subject.kind)
    case .state:
      let adverb = add(pick(words.state), .base, .adverb)
      root = quality(of: subject.kind)
      attach(adverb, to: root)
    }
    attach(be, to: root)
    attach(subject.head, to: root)
    if let front { attach(front, to: root) }
    stop(root)
  }

  private mutating func quality(of kind: NounClass) -> Int {
    add(pick(kind.isAnimate ? words.animate : words.inanimate), .base, .root)
  }

  private mutating func agreementSubject() -> Phrase {
    let kind = pick(AgreementChoices.subject)
    var number = number()
    var depth = pick(AgreementChoices.depth)
    if let demand {
      number = demand.number
      depth = demand.count
    }
    attributes.subjectNumber = number
    attributes.attractors = depth
    let head = nounPhrase(kind, number, .subject)
    modify(Phrase(head: head, number: number, kind: kind), depth)
    return Phrase(head: head, number: number, kind: kind)
  }

  /// Adds what modifies a noun and holds `depth` nouns.
  private mutating func modify(_ noun: Phrase, _ depth: Int) {
    guard depth > 0 else { return }
    let choice =
      noun.kind.isAnimate ? AgreementChoices.ofAnimate : AgreementChoices.ofInanimate
    switch pick(choice) {
    case .preposition:
      modify(prepositional(noun.head), depth - 1)
    case .subjectRelative:
      let that = add(words.function.that, .base, .subject)
      let tense = tense()
      let verb = add(
        pick(words.general), tense.form(noun.number), .relative, head: noun.head)
      attach(that, to: verb)
      modify(attractor(.object, head: verb, of: AgreementChoices.attractor), depth - 1)
    case .objectRelative:
      let that = add(words.function.that, .base, .object)
      let agent = attractor(.subject, of: AgreementChoices.agent)
      chain(agent.head, depth - 1)
      let tense = tense()
      let verb = add(
        pick(words.general), tense.form(agent.number), .relative, head: noun.head)
      attach(that, to: verb)
      attach(agent.head, to: verb)
    }
  }

  /// Adds prepositional phrases, each on the noun of the one before.
  private mutating func chain(_ noun: Int, _ depth: Int) {
    var noun = noun
    for _ in 0..<depth { noun = prepositional(noun).head }
  }

  private mutating func prepositional(_ noun: Int) -> Phrase {
    let preposition = add(pick(words.placing), .base, .preposition)
    let attractor = attractor(.modifier, head: noun, of: AgreementChoices.attractor)
    attach(preposition, to: attractor.head)
    return attractor
  }

  private mutating func attractor(
    _ relation: Dependency, head: Int = -1, of choice: Choice<NounClass>
  ) -> Phrase {
    let kind = pick(choice)
    var number = number()
    if let demand { number = demand.number.other }
    attributes.attractorNumbers.append(number)
    let noun = nounPhrase(
      kind, number, relation, head: head, determiner: words.function.the)
    return Phrase(head: noun, number: number, kind: kind)
  }
}
