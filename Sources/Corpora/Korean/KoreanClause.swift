/// One Korean word, with the source words that it renders.
struct KoreanPiece {
  var text: String
  /// Places among the words of the document.
  var sources: [Int]
  /// Whether it follows the piece before without a space.
  var isGlued = false
}

/// Says a sentence of the derivation in Korean: verb last, modifiers first, particles behind nouns.
///
/// It reads the dependency tree and nothing else, so that equal trees have equal translations.
struct KoreanRealizer {
  let nodes: [Node]
  let words: Vocabulary
  private let children: [[Int]]
  private let offset: Int
  private(set) var pieces: [KoreanPiece] = []

  /// Prepares the words of one sentence.
  init(nodes: [Node], sentence: Range<Int>, words: Vocabulary) {
    self.nodes = nodes
    self.words = words
    offset = sentence.lowerBound
    var children = [[Int]](repeating: [], count: sentence.count)
    for index in sentence where nodes[index].head >= 0 {
      children[Int(nodes[index].head) - offset].append(index)
    }
    self.children = children
  }

  /// The sentence with a root.
  mutating func sentence(root: Int) -> [KoreanPiece] {
    pieces = []
    let conjunct = child(root, .conjunct)
    if let conjunct, nodes[root].relation == .root, isPredicate(conjunct) {
      let but = child(conjunct, .coordination).map { nodes[$0].lexeme } == words.function.but
      clause(root, but ? .but : .and)
      note(child(conjunct, .coordination))
      clause(conjunct, .final)
    } else {
      clause(root, .final)
    }
    if let stop = child(root, where: { self.nodes[$0].lexeme == self.words.function.stop }) {
      pieces.append(KoreanPiece(text: ".", sources: [stop], isGlued: true))
    }
    return pieces
  }

  // MARK: The tree

  func lexeme(_ node: Int) -> Lexeme { words.lexicon[nodes[node].lexeme] }

  func children(_ node: Int, _ relation: Dependency) -> [Int] {
    children[node - offset].filter { nodes[$0].relation == relation }
  }

  func child(_ node: Int, _ relation: Dependency) -> Int? { children(node, relation).first }

  private func child(_ node: Int, where holds: (Int) -> Bool) -> Int? {
    children[node - offset].first(where: holds)
  }

  private func isPredicate(_ node: Int) -> Bool {
    lexeme(node).partOfSpeech == .verb || child(node, .copula) != nil
  }

  mutating func say(_ text: String, _ sources: [Int?]) {
    // An ending such as 기 때문에 is written as words of its own.
    for part in text.split(separator: " ") {
      pieces.append(KoreanPiece(text: String(part), sources: sources.compactMap { $0 }))
    }
  }

  /// Counts a word as rendered by the piece that was said last.
  private mutating func note(_ source: Int?) {
    guard let source, !pieces.isEmpty else { return }
    pieces[pieces.count - 1].sources.append(source)
  }

  // MARK: Clauses

  private mutating func clause(_ root: Int, _ ending: KoreanEnding) {
    for node in children(root, .adverbialClause) {
      let because = child(node, .marker).map { nodes[$0].lexeme } == words.function.because
      clause(node, because ? .because : .when)
    }
    let subject = child(root, .subject) ?? child(root, .passiveSubject)
    let rest = children[root - offset].filter {
      nodes[$0].relation == .oblique || nodes[$0].relation == .adverb
    }
    for node in rest where node < (subject ?? root) { adjunct(node, of: root) }
    if let subject, !isRelativePronoun(subject) {
      nounPhrase(subject, ending == .final || ending == .but ? .topic : .nominative)
    }
    for node in children(root, .agent) {
      nounPhrase(node, .nominative, with: child(node, .preposition))
    }
    for node in rest where node > (subject ?? root) && !isNot(node) { adjunct(node, of: root) }
    for node in children(root, .recipient) {
      nounPhrase(node, .dative, with: child(node, .preposition))
    }
    for node in children(root, .object) where !isRelativePronoun(node) {
      nounPhrase(node, objectParticle(of: root))
    }
    predicate(root, ending)
    note(children(root, .subject).first(where: isRelativePronoun))
    note(children(root, .object).first(where: isRelativePronoun))
    note(child(root, .marker))
  }

  private func isRelativePronoun(_ node: Int) -> Bool {
    nodes[node].lexeme == words.function.that
  }

  private func isNot(_ node: Int) -> Bool { nodes[node].lexeme == words.function.not }

  /// Whether a predicate is something that is done at a place (에서) and not a being there (에).
  private func isAction(_ predicate: Int) -> Bool {
    let word = lexeme(predicate)
    let staying: Set<String> = ["live", "sit", "stay", "hide_away", "have"]
    return word.partOfSpeech == .verb && !staying.contains(word.key)
  }

  private func objectParticle(of verb: Int) -> KoreanParticle {
    lexeme(verb).koreanObject == "에게" ? .dative : .accusative
  }

  /// An adverb, or a phrase with a preposition.
  private mutating func adjunct(_ node: Int, of verb: Int) {
    if nodes[node].relation == .adverb { return say(lexeme(node).korean, [node]) }
    guard let preposition = child(node, .preposition) else { return nounPhrase(node, .at) }
    located(node, preposition, isAction(verb) ? .from : .at, verb: verb)
  }

  /// A noun phrase with what Korean has for its preposition; `particle` stands behind a noun of
  /// place such as 근처.
  mutating func located(
    _ node: Int, _ preposition: Int, _ particle: KoreanParticle, verb: Int? = nil
  ) {
    let word = lexeme(preposition)
    let named = lexeme(node).partOfSpeech == .name
    if !word.korean.isEmpty && !named {
      nounPhrase(node, .none)
      return say(word.korean + particle.form(after: word.korean), [preposition])
    }
    let chosen: KoreanParticle
    switch (particle, word.key) {
    case (.genitive, "on"):
      nounPhrase(node, .none)
      return say("위의", [preposition])
    case (.genitive, _): chosen = .genitive
    case (_, "from"): chosen = .from
    case (_, "than"): chosen = .than
    case (_, "with"): chosen = .and
    case (_, "for") where verb.map { lexeme($0).koreanObject == "을" } ?? false:
      chosen = .accusative
    case (_, "to"), (_, "as"), (_, "for"), (_, "by"), (_, "on"): chosen = .toward
    default: chosen = particle
    }
    nounPhrase(node, chosen, with: preposition)
  }

  // MARK: Predicates

  private func tense(_ root: Int) -> Tense {
    let finite = child(root, .copula) ?? child(root, .passiveAuxiliary) ?? root
    switch nodes[finite].form {
    case .past, .pastPlural: return .past
    default: return .present
    }
  }

  private mutating func predicate(_ root: Int, _ ending: KoreanEnding) {
    let tense = tense(root)
    let be = child(root, .copula) ?? child(root, .passiveAuxiliary)
    let word = lexeme(root)
    switch word.partOfSpeech {
    case .verb:
      if let adjective = child(root, .complement) {
        linked(adjective, root, tense)
      } else {
        say(word.predicate(tense, ending), [root, be])
      }
    case .adjective:
      if word.key.hasSuffix("_more") { say("더", [root]) }
      if let not = child(root, where: isNot) {
        say(word.negatable, [root])
        say(Self.negation(tense, ending), [not, be])
      } else {
        say(word.predicate(tense, ending), [root, be])
      }
    default:
      if let preposition = child(root, .preposition) {
        located(root, preposition, .at)
        say(tense == .past ? "있었다" : "있다", [be])
      } else {
        nounPhrase(root, tense == .past ? .copulaPast : .copula, with: be)
      }
    }
  }

  /// *seems*, *looks* and *becomes* with their adjective.
  private mutating func linked(_ adjective: Int, _ verb: Int, _ tense: Tense) {
    let said = lexeme(adjective)
    let ending = lexeme(verb).predicate(tense, .final)
    switch lexeme(verb).key {
    case "become": say(said.infinitive + ending, [adjective, verb])
    case "look":
      say(said.infinitive, [adjective])
      say(ending, [verb])
    default:
      say(said.koreanAdnominal, [adjective])
      say("것", [verb])
      say(ending, [verb])
    }
  }

  private static func negation(_ tense: Tense, _ ending: KoreanEnding) -> String {
    let stem = tense == .past ? "않았" : "않"
    switch ending {
    case .but: return stem + "지만"
    case .and: return stem + "고"
    default: return stem + "다"
    }
  }

  /// A clause before the noun that it modifies.
  mutating func relative(_ verb: Int) { clause(verb, .adnominal) }
}
