/// The choices of plain clauses.
enum PlainChoices {
  enum Subject: Sendable { case name, person, animal, thing, vehicle }
  static let subject = Choice<Subject>([
    .person: 0.32, .animal: 0.31, .name: 0.19, .thing: 0.12, .vehicle: 0.06,
  ])
  enum Predicate: Sendable { case transitive, intransitive, linking }
  static let animatePredicate = Choice<Predicate>([
    .transitive: 0.52, .intransitive: 0.3, .linking: 0.18,
  ])
  static let inanimatePredicate = Choice<Predicate>([.intransitive: 0.6, .linking: 0.4])

  enum Action: Sendable { case general, handling, eating, meeting, driving }
  static let personAction = Choice<Action>([
    .handling: 0.36, .general: 0.24, .meeting: 0.18, .eating: 0.14, .driving: 0.08,
  ])
  static let animalAction = Choice<Action>([.general: 0.36, .meeting: 0.34, .eating: 0.3])
  static let anything = Choice<NounClass>([
    .animal: 0.3, .person: 0.24, .thing: 0.24, .place: 0.12, .food: 0.1,
  ])
  static let handled = Choice<NounClass>([.thing: 0.8, .furniture: 0.2])
  static let met = Choice<NounClass>([.animal: 0.55, .person: 0.45])

  enum Trailer: Sendable { case none, place, manner }
  static let afterIntransitive = Choice<Trailer>([.none: 0.45, .place: 0.35, .manner: 0.2])
  static let afterTransitive = Choice<Trailer>([.none: 0.8, .place: 0.2])
}

extension Derivation {
  /// A clause with a full verb: transitive, intransitive, or linking an adjective.
  mutating func plain() {
    let tense = tense()
    let front = front(tense)
    let subject = plainSubject()
    attributes.subjectNumber = subject.number
    let often = subject.kind.isAnimate && chance(0.14) ? pick(words.frequency) : nil
    let adverb = often.map { add($0, .base, .adverb) }
    let choice =
      subject.kind.isAnimate ? PlainChoices.animatePredicate : PlainChoices.inanimatePredicate
    let form = tense.form(subject.number)
    let verb: Int
    switch pick(choice) {
    case .transitive:
      verb = transitive(subject.kind, form)
      trail(pick(PlainChoices.afterTransitive), verb)
    case .intransitive:
      verb = add(pick(subject.kind.isAnimate ? words.living : words.happening), form, .root)
      trail(pick(PlainChoices.afterIntransitive), verb)
    case .linking:
      verb = add(pick(words.linking), form, .root)
      let adjective = pick(subject.kind.isAnimate ? words.animate : words.inanimate)
      add(adjective, .base, .complement, head: verb)
    }
    attach(subject.head, to: verb)
    if let adverb { attach(adverb, to: verb) }
    if let front { attach(front, to: verb) }
    stop(verb)
  }

  private mutating func plainSubject() -> Phrase {
    let kind: NounClass
    switch pick(PlainChoices.subject) {
    case .name: return Phrase(head: name(.subject), number: .singular, kind: .person)
    case .person: kind = .person
    case .animal: kind = .animal
    case .thing: kind = .thing
    case .vehicle: kind = .vehicle
    }
    let number = number()
    return Phrase(head: nounPhrase(kind, number, .subject), number: number, kind: kind)
  }

  /// Adds a verb with an object of a class that the verb takes.
  mutating func transitive(_ subject: NounClass, _ form: Form) -> Int {
    let action = pick(
      subject == .person ? PlainChoices.personAction : PlainChoices.animalAction)
    let verbs: Choice<LexemeID>
    switch action {
    case .general: verbs = words.general
    case .handling: verbs = words.handling
    case .eating: verbs = words.eating
    case .meeting: verbs = words.meeting
    case .driving: verbs = words.driving
    }
    let verb = add(pick(verbs), form, .root)
    let kind: NounClass
    switch action {
    case .general: kind = pick(PlainChoices.anything)
    case .handling: kind = pick(PlainChoices.handled)
    case .eating: kind = .food
    case .meeting: kind = pick(PlainChoices.met)
    case .driving: kind = .vehicle
    }
    let number = number()
    _ = nounPhrase(kind, number, .object, head: verb)
    return verb
  }

  /// Adds what stands behind the verb and its object.
  private mutating func trail(_ trailer: PlainChoices.Trailer, _ verb: Int) {
    switch trailer {
    case .none: break
    case .place: _ = place(.oblique, head: verb)
    case .manner: add(pick(words.manner), .base, .adverb, head: verb)
    }
  }
}
