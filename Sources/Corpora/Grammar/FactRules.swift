/// The choices of statements of facts.
enum FactChoices {
  static let secondShare = 0.35
}

extension Derivation {
  /// One fact, or two.
  mutating func fact() {
    let first = pick(words.facts.facts)
    state(first)
    if chance(FactChoices.secondShare) {
      state(pick(words.facts.facts, except: [first]))
    }
  }

  private mutating func state(_ fact: Fact) {
    let count = FactBook.phrasingCount - 1
    let drawn = uniform(count)
    state(fact, phrasing: drawn < fact.heldOutPhrasing ? drawn : drawn + 1)
  }

  /// States a fact in one of its phrasings.
  mutating func state(_ fact: Fact, phrasing: Int) {
    attributes.facts.append(fact.id)
    attributes.phrasings.append(phrasing)
    guard let phrase = words.facts.phrasings[fact.relation]?[phrasing] else { return }
    let start = nodes.count
    var root = start
    for word in phrase {
      let head = word.head < 0 ? -1 : start + Int(word.head)
      if head < 0 { root = nodes.count }
      switch word.content {
      case .word(let lexeme, let form): add(lexeme, form, word.relation, head: head)
      case .subject: add(fact.subject, fact.subjectForm, word.relation, head: head)
      case .object: add(fact.object, fact.objectForm, word.relation, head: head)
      }
    }
    stop(root)
  }
}
