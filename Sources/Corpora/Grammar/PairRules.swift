/// The choices of two sentences of which the second follows the first or does not.
enum PairChoices {
  static let followShare = 0.5
  static let aboutObject = 0.6
  static let object = Choice<NounClass>([.animal: 0.4, .thing: 0.45, .food: 0.15])
  static let stranger = Choice<NounClass>([.person: 0.4, .animal: 0.3, .thing: 0.3])
}

extension Derivation {
  /// Two sentences: the second speaks of somebody or something from the first, or of neither.
  mutating func pair() {
    let actor = number()
    let subject = nounPhrase(.person, actor, .subject, determiner: indefinite(actor))
    let verb = add(pick(words.general), .past, .root)
    attach(subject, to: verb)
    let kind = pick(PairChoices.object)
    let thing = number()
    let object = nounPhrase(kind, thing, .object, head: verb, determiner: indefinite(thing))
    stop(verb)

    let follows = chance(PairChoices.followShare)
    attributes.follows = follows
    let said: Int
    let number: GrammaticalNumber
    let about: NounClass
    if follows {
      let ofObject = chance(PairChoices.aboutObject)
      let antecedent = ofObject ? object : subject
      number = ofObject ? thing : actor
      about = ofObject ? kind : .person
      let the = add(words.function.the, .base, .determiner)
      said = add(nodes[antecedent].lexeme, nodes[antecedent].form, .subject)
      attach(the, to: said)
      nodes[antecedent].entity = 1
      nodes[said].entity = 1
    } else {
      about = pick(PairChoices.stranger)
      number = self.number()
      said = nounPhrase(
        about, number, .subject, determiner: words.function.the,
        except: [nodes[subject].lexeme, nodes[object].lexeme])
    }
    let root = wasSomething(said, number, about)
    stop(root)
  }

  private func indefinite(_ number: GrammaticalNumber) -> LexemeID {
    number == .singular ? words.function.a : words.function.some
  }
}
