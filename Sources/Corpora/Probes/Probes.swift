/// A beginning of a text, how it goes on, and how it must not.
public struct ContinuationProbe: Sendable, Hashable {
  /// The text up to the word that is asked for, without a space behind it.
  public var prefix: String
  /// The right continuation, with the space before it: ` is`.
  public var correct: String
  /// Wrong continuations of the same sort.
  public var alternatives: [String]
}

/// An ambiguous word in a text.
public struct SenseProbe: Sendable, Hashable {
  /// The text.
  public var text: String
  /// UTF-8 offsets of the word.
  public var word: Range<Int>
  /// Its lemma.
  public var lemma: String
  /// Which sense is meant.
  public var sense: String
  /// The senses that the word has.
  public var senses: [String]
}

/// Sets of held-out texts with known answers, for scoring models.
///
/// Equal seeds give equal sets. A `count` below zero counts as zero.
public enum Probes {
  /// Subjects with attractors that are all of the other number, up to the verb.
  ///
  /// Half of the subjects are singular; the verb is *is*, *are*, *was* or *were*, and the
  /// alternative is its form for the attractors' number.
  ///
  /// - Parameters:
  ///   - attractors: 0 to 3; what lies outside is brought to the nearer of the two.
  ///   - count: How many probes.
  ///   - seed: Where the random numbers start.
  public static func agreement(
    attractors: Int, count: Int, seed: UInt64
  ) -> [ContinuationProbe] {
    var derivation = Derivation(seed: seed, split: .test)
    var probes: [ContinuationProbe] = []
    while probes.count < count {
      let number: GrammaticalNumber = probes.count.isMultiple(of: 2) ? .singular : .plural
      derivation.demand = AttractorDemand(count: min(max(attractors, 0), 3), number: number)
      derivation.clear()
      derivation.agreement()
      let document = derivation.finished(.agreement, logProbabilityOfKind: 0)
      guard document.isHeldOut, let verb = document.attributes.verb else { continue }
      let past = document.nodes[verb].form == .past || document.nodes[verb].form == .pastPlural
      let pair = past ? [" was", " were"] : [" is", " are"]
      let right = number == .singular ? 0 : 1
      probes.append(
        ContinuationProbe(
          prefix: document.text(before: verb), correct: pair[right],
          alternatives: [pair[1 - right]]))
    }
    return probes
  }

  /// Statements of facts up to their object; the alternatives are the relation's other objects.
  ///
  /// - Parameters:
  ///   - heldOutPhrasing: Whether each fact is put in the one phrasing that training never shows for
  ///     it, or in each of those that it shows.
  ///   - rarestQuarter: Whether to ask only for the quarter that training states least often.
  public static func facts(heldOutPhrasing: Bool, rarestQuarter: Bool) -> [ContinuationProbe] {
    var derivation = Derivation(seed: 0, split: .test)
    let facts = derivation.words.facts.facts.elements
    let lexicon = derivation.words.lexicon
    var probes: [ContinuationProbe] = []
    for fact in facts where !rarestQuarter || fact.id >= facts.count - facts.count / 4 {
      let correct = lexicon.spelling(fact.object, fact.objectForm)
      let others = Set(
        facts.filter { $0.relation == fact.relation }.map {
          lexicon.spelling($0.object, $0.objectForm)
        }
      ).subtracting([correct]).sorted()
      for phrasing in 0..<FactBook.phrasingCount
      where (phrasing == fact.heldOutPhrasing) == heldOutPhrasing {
        derivation.clear()
        derivation.state(fact, phrasing: phrasing)
        let document = derivation.finished(.fact, logProbabilityOfKind: 0)
        probes.append(
          ContinuationProbe(
            // Behind the object stands the full stop alone.
            prefix: document.text(before: document.nodes.count - 2), correct: " " + correct,
            alternatives: others.map { " " + $0 }))
      }
    }
    return probes
  }

  /// Texts up to a pronoun whose gender or number the antecedent decides.
  public static func pronouns(count: Int, seed: UInt64) -> [ContinuationProbe] {
    let opposites = [
      "she": "he", "he": "she", "her": "him", "him": "her", "they": "it", "them": "it",
    ]
    return held(.pronoun, count, seed) { document in
      guard let place = document.attributes.pronouns.last else { return nil }
      let word = document.word(place)
      let isObject = document.nodes[place].form == .object
      let other = opposites[word] ?? (isObject ? "them" : "they")
      return ContinuationProbe(
        prefix: document.text(before: place), correct: " " + word, alternatives: [" " + other])
    }
  }

  /// Texts up to a name that comes again, where only one of two people can follow.
  public static func names(count: Int, seed: UInt64) -> [ContinuationProbe] {
    held(.repetition, count, seed) { document in
      guard let place = document.attributes.repeated,
        document.nodes[place].relation == .recipient,
        let giver = document.nodes.last(where: { $0.entity != 0 && $0.relation == .subject })
      else { return nil }
      return ContinuationProbe(
        prefix: document.text(before: place), correct: " " + document.word(place),
        alternatives: [" " + document.words.lexicon.spelling(giver.lexeme, giver.form)])
    }
  }

  /// Texts with an ambiguous word and the sense that is meant.
  public static func senses(count: Int, seed: UInt64) -> [SenseProbe] {
    held(.sense, count, seed) { document in
      guard let place = document.attributes.ambiguous,
        let word = document.sentences.first?.words[place], let sense = word.sense
      else { return nil }
      let senses = document.words.lexicon.lexemes.filter { $0.lemma == word.lemma }
      return SenseProbe(
        text: document.text, word: word.start..<word.end, lemma: word.lemma, sense: sense,
        senses: senses.compactMap(\.sense))
    }
  }

  /// Held-out documents of a kind, each made into what it shows; nil leaves one out.
  private static func held<Shown>(
    _ kind: Kind, _ count: Int, _ seed: UInt64, _ show: (Document) -> Shown?
  ) -> [Shown] {
    var generator = TextGenerator(seed: seed, mixture: .only(kind), split: .test)
    var shown: [Shown] = []
    while shown.count < count {
      if let item = show(generator.next()) { shown.append(item) }
    }
    return shown
  }
}

extension Document {
  /// The text in front of a word, without the space between.
  func text(before place: Int) -> String {
    Document.spell(Array(nodes[..<place]), words)
  }

  /// A word as it is written.
  func word(_ place: Int) -> String { Document.spelling(at: place, of: nodes, words) }
}
