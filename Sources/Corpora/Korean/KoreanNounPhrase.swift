extension KoreanRealizer {
  /// A noun with its modifiers before it and a particle behind it; `word` is what the particle
  /// renders.
  mutating func nounPhrase(_ noun: Int, _ particle: KoreanParticle, with word: Int? = nil) {
    if let other = child(noun, .conjunct) {
      modifiers(noun)
      head(noun, .and, with: child(other, .coordination))
      return nounPhrase(other, particle, with: word)
    }
    modifiers(noun)
    head(noun, particle, with: word)
  }

  private mutating func modifiers(_ noun: Int) {
    for verb in children(noun, .relative) { relative(verb) }
    for node in children(noun, .possessive) {
      say(lexeme(node).korean + "의", [node])
    }
    for node in children(noun, .modifier) {
      if let preposition = child(node, .preposition) {
        located(node, preposition, .genitive)
      } else {
        nounPhrase(node, .genitive)
      }
    }
    // Behind what modifies the noun, lest it seem to belong to a noun in there.
    for node in children(noun, .determiner) where !lexeme(node).korean.isEmpty {
      say(lexeme(node).korean, [node])
    }
    for node in children(noun, .adjective) {
      let word = lexeme(node)
      say(word.koreanAdnominal.isEmpty ? word.korean : word.koreanAdnominal, [node])
    }
    for node in children(noun, .apposition) { say(lexeme(node).korean, [node]) }
  }

  private mutating func head(_ noun: Int, _ particle: KoreanParticle, with word: Int?) {
    let article = children(noun, .determiner).first { lexeme($0).korean.isEmpty }
    var text = lexeme(noun).korean
    var sources: [Int?] = [article, noun]
    if let numeral = child(noun, .numeral) {
      say(text, sources)
      text = lexeme(numeral).korean
      sources = [numeral]
    } else if nodes[noun].form == .plural && lexeme(noun).partOfSpeech == .noun {
      text += "들"
    }
    say(text + particle.form(after: text), sources + [word])
  }
}
