/// The choices of documents in which names or spans come again.
enum RepetitionChoices {
  enum Shape: Sendable { case stories, clause, again }
  static let shape = Choice<Shape>([.stories: 0.45, .clause: 0.35, .again: 0.2])
}

extension Derivation {
  /// Two people of whom one gives something to the other, or a sentence that is said again.
  mutating func repetition() {
    switch pick(RepetitionChoices.shape) {
    case .stories:
      let went = journey(.root).verb
      stop(went)
      gift(after: nil)
    case .clause:
      let when = add(words.function.when, .base, .marker)
      let went = journey(.adverbialClause).verb
      attach(when, to: went)
      add(words.function.comma, .base, .punctuation, head: went)
      gift(after: went)
    case .again: again()
    }
  }

  /// Adds two people and where they went: *Mary and John went to the store*.
  private mutating func journey(_ relation: Dependency) -> (verb: Int, people: [LexemeID]) {
    let first = name(.subject)
    let and = add(words.function.and, .base, .coordination)
    let second = name(.conjunct, head: first, except: [nodes[first].lexeme])
    attach(and, to: second)
    let verb = add(pick(words.going), .past, relation)
    let to = add(words.function.to, .base, .preposition)
    let place = nounPhrase(
      .place, .singular, .oblique, head: verb, determiner: words.function.the)
    attach(to, to: place)
    attach(first, to: verb)
    return (verb, [nodes[first].lexeme, nodes[second].lexeme])
  }

  /// Adds *John gave a book to Mary*: the giver leaves one person who can follow.
  private mutating func gift(after clause: Int?) {
    let people = nodes.filter { words.lexicon[$0.lexeme].gender != .none }.map(\.lexeme)
    let swapped = chance(0.5)
    let giver = add(people[swapped ? 1 : 0], .base, .subject)
    let verb = add(pick(words.giving), .past, .root)
    attach(giver, to: verb)
    _ = nounPhrase(
      .thing, .singular, .object, head: verb, determiner: words.function.a, adjectives: 0.15)
    let to = add(words.function.to, .base, .preposition)
    let receiver = add(people[swapped ? 0 : 1], .base, .recipient, head: verb)
    attach(to, to: receiver)
    if let clause { attach(clause, to: verb) }
    attributes.repeated = receiver
    markNames(people[0], people[1])
    stop(verb)
  }

  /// Adds a sentence twice: *again* stands before the second.
  private mutating func again() {
    let kind = pick(AgreementChoices.agent)
    let subject = nounPhrase(kind, number(), .subject, adjectives: 1)
    nodes[subject].entity = 1
    let verb = add(pick(words.living), .past, .root)
    attach(subject, to: verb)
    stop(verb)
    let first = nodes
    let again = add(words.function.again, .base, .adverb)
    add(words.function.comma, .base, .punctuation, head: again)
    let shift = nodes.count
    for var node in first {
      if node.head >= 0 { node.head += Int16(shift) }
      nodes.append(node)
    }
    attach(again, to: verb + shift)
    attributes.repeated = subject + shift
    ends.append(Int16(nodes.count))
  }
}
