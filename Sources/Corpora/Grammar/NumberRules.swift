extension Derivation {
  /// A sum: *two cats and one dog are three animals.*
  mutating func count() {
    let classes: [NounClass] = [.animal, .thing, .vehicle]
    let index = uniform(classes.count)
    let nouns = words.nouns(classes[index])
    let first = 1 + uniform(5)
    let second = 1 + uniform(5)
    let one = pick(nouns)
    let subject = counted(first, one, .subject)
    let and = add(words.function.and, .base, .coordination)
    let other = counted(second, pick(nouns, except: [one]), .conjunct, head: subject)
    attach(and, to: other)
    let be = add(words.function.be, .base, .copula)
    let sum = counted(first + second, words.numbers.classes[index], .root)
    attach(subject, to: sum)
    attach(be, to: sum)
    stop(sum)
  }

  private mutating func counted(
    _ count: Int, _ lexeme: LexemeID, _ relation: Dependency, head: Int = -1
  ) -> Int {
    let numeral = add(words.numbers.numerals[count - 1], .base, .numeral)
    let noun = add(lexeme, count == 1 ? .base : .plural, relation, head: head)
    attach(numeral, to: noun)
    return noun
  }

  /// A comparison of animals by size, or of people with its converse.
  mutating func comparison() {
    if chance(0.5) {
      let first = pick(words.numbers.bySize)
      let second = pick(words.numbers.bySize, except: [first])
      let pair = words.numbers.comparatives[uniform(2)]
      let word = words.numbers.isBigger(first, second) ? pair.more : pair.less
      let number = number()
      let subject = compared(first, number, .subject)
      compare(subject, number, word) { $0.compared(second, $0.number(), .oblique) }
    } else {
      let first = name(.subject)
      nodes[first].entity = 1
      let one = nodes[first].lexeme
      let other = pick(words.names, except: [one])
      let pair = words.numbers.comparatives[2 + uniform(words.numbers.comparatives.count - 2)]
      let more = chance(0.5)
      compare(first, .singular, more ? pair.more : pair.less) {
        $0.add(other, .base, .oblique)
      }
      let second = add(other, .base, .subject)
      compare(second, .singular, more ? pair.less : pair.more) { $0.add(one, .base, .oblique) }
      markNames(one, other)
    }
  }

  private mutating func compared(
    _ lexeme: LexemeID, _ number: GrammaticalNumber, _ relation: Dependency
  ) -> Int {
    let the = add(words.function.the, .base, .determiner)
    let noun = add(lexeme, number == .plural ? .plural : .base, relation)
    attach(the, to: noun)
    return noun
  }

  private mutating func compare(
    _ subject: Int, _ number: GrammaticalNumber, _ word: LexemeID,
    standard: (inout Derivation) -> Int
  ) {
    let be = add(words.function.be, Tense.present.formOfBe(number), .copula)
    let root = add(word, .base, .root)
    let than = add(words.function.than, .base, .preposition)
    let other = standard(&self)
    attach(be, to: root)
    attach(subject, to: root)
    attach(than, to: other)
    attach(other, to: root)
    stop(root)
  }

  /// Marks the mentions of two people.
  mutating func markNames(_ first: LexemeID, _ second: LexemeID) {
    for index in nodes.indices {
      if nodes[index].lexeme == first { nodes[index].entity = 1 }
      if nodes[index].lexeme == second { nodes[index].entity = 2 }
    }
  }
}
