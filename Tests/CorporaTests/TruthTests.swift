import Testing

@testable import Corpora

@Suite struct TruthTests {
  private static func documents(_ count: Int, _ kind: Kind) -> [Document] {
    var generator = TextGenerator(seed: 41, mixture: .only(kind), split: .all)
    return (0..<count).map { _ in generator.next() }
  }

  @Test(arguments: Kind.allCases) func treesAreTrees(kind: Kind) {
    for document in Self.documents(800, kind) {
      for sentence in document.sentences {
        let heads = sentence.words.map(\.head)
        #expect(heads.filter { $0 == nil }.count == 1, "\(sentence.text)")
        for (word, start) in zip(sentence.words, heads) {
          #expect((word.relation == "root") == (start == nil))
          var steps = 0
          var place = start
          while let next = place, steps <= heads.count {
            guard heads.indices.contains(next) else {
              Issue.record("\(sentence.text): a head outside")
              break
            }
            place = heads[next]
            steps += 1
          }
          #expect(steps <= heads.count, "\(sentence.text): a circle")
        }
      }
    }
  }

  @Test(arguments: Kind.allCases) func offsetsCutOutTheWords(kind: Kind) {
    for document in Self.documents(500, kind) {
      let bytes = Array(document.text.utf8)
      let translated = Array(document.translation.utf8)
      var last = 0
      for sentence in document.sentences {
        for word in sentence.words {
          #expect(String(decoding: bytes[word.start..<word.end], as: UTF8.self) == word.text)
          #expect(word.start >= last)
          last = word.end
        }
        for word in sentence.translatedWords {
          #expect(String(decoding: translated[word.start..<word.end], as: UTF8.self) == word.text)
        }
      }
      #expect(last == bytes.count)
      #expect(document.sentences.map(\.text).joined(separator: " ") == document.text)
    }
  }

  /// Each finite verb that shows a number shows that of its subject.
  @Test(arguments: Kind.allCases) func verbsAgree(kind: Kind) {
    var checked = 0
    for document in Self.documents(1_500, kind) {
      for sentence in document.sentences {
        for (place, word) in sentence.words.enumerated()
        where word.relation.hasPrefix("nsubj") {
          guard let number = Self.numberOfSubject(place, sentence.words), let head = word.head
          else { continue }
          let verbs = sentence.words.indices.filter {
            $0 == head
              || sentence.words[$0].head == head
                && ["cop", "aux:pass"].contains(sentence.words[$0].relation)
          }
          for verb in verbs where ["VERB", "AUX"].contains(sentence.words[verb].upos) {
            guard let shown = sentence.words[verb].number else { continue }
            #expect(shown == number, "\(sentence.text)")
            checked += 1
          }
        }
      }
    }
    // Two people went and one gave: their pasts show no number.
    #expect(checked > 100 || kind == .repetition)
  }

  /// The number of a subject: two joined nouns are many, and *that* is what it stands for.
  private static func numberOfSubject(_ place: Int, _ words: [Word]) -> GrammaticalNumber? {
    if words.contains(where: { $0.head == place && $0.relation == "conj" }) { return .plural }
    if words[place].lemma == "that", let verb = words[place].head, let noun = words[verb].head {
      return words[noun].number
    }
    return words[place].number
  }

  @Test func attractorsAreCounted() {
    for document in Self.documents(2_000, .agreement) {
      guard let verb = document.attributes.verb, let sentence = document.sentences.first,
        let root = sentence.words[verb].head,
        let subject = sentence.words.indices.first(where: {
          sentence.words[$0].head == root && sentence.words[$0].relation == "nsubj"
        })
      else {
        Issue.record("\(document.text): no subject")
        continue
      }
      let between = sentence.words[(subject + 1)..<verb].filter { $0.partOfSpeech == .noun }
      #expect(between.count == document.attributes.attractors)
      #expect(between.map(\.number) == document.attributes.attractorNumbers)
      #expect(sentence.words[subject].number == document.attributes.subjectNumber)
    }
  }

  @Test func sumsAreRight() {
    let numerals = rows(NumberTables.numerals).map { $0[0] }
    for document in Self.documents(300, .count) {
      let counts = document.sentences[0].words.filter { $0.partOfSpeech == .numeral }
        .compactMap { numerals.firstIndex(of: $0.text) }.map { $0 + 1 }
      #expect(counts.count == 3 && counts[0] + counts[1] == counts[2], "\(document.text)")
    }
  }

  @Test func pronounsGoWithTheirAntecedents() {
    for document in Self.documents(800, .pronoun) {
      let words = document.sentences.flatMap(\.words)
      for pronoun in words where pronoun.partOfSpeech == .pronoun {
        let antecedent = words.first { $0.entity == pronoun.entity }
        #expect(antecedent?.number == pronoun.number, "\(document.text)")
        #expect(antecedent?.partOfSpeech != .pronoun)
      }
    }
  }

  @Test func sentimentIsThatOfTheLastJudgement() {
    let good = Set(rows(ReviewTables.positive).map { $0[0] })
    let bad = Set(rows(ReviewTables.negative).map { $0[0] })
    for document in Self.documents(800, .review) {
      let words = document.sentences.flatMap(\.words).map(\.text)
      guard let last = words.lastIndex(where: { good.contains($0) || bad.contains($0) }) else {
        Issue.record("\(document.text): no judgement")
        continue
      }
      let praises = good.contains(words[last]) != (words[last - 1] == "not")
      #expect((document.attributes.sentiment == .positive) == praises, "\(document.text)")
    }
  }

  @Test func followersSpeakOfTheFirstSentence() {
    for document in Self.documents(800, .pair) {
      let first = document.sentences[0].words.filter { $0.partOfSpeech == .noun }.map(\.text)
      let lemmas = document.sentences[0].words.map(\.lemma)
      let second = document.sentences[1].words.first { $0.partOfSpeech == .noun }
      let follows = document.attributes.follows
      #expect(first.contains(second?.text ?? "") == follows, "\(document.text)")
      if follows == false { #expect(!lemmas.contains(second?.lemma ?? "")) }
    }
  }

  @Test(arguments: Kind.allCases) func conlluComesBack(kind: Kind) {
    for document in Self.documents(50, kind) {
      let text = ConlluWriter.write(document, id: "d")
      let blocks = text.split(separator: "\n\n").map { $0.split(separator: "\n") }
      #expect(blocks.count == document.sentenceCount && text.hasSuffix("\n\n"))
      for (block, sentence) in zip(blocks, document.sentences) {
        #expect(block.contains { $0 == "# text = \(sentence.text)" })
        let read = block.filter { !$0.hasPrefix("#") }.map { Self.read(String($0)) }
        #expect(read == sentence.words.map { $0 })
        var spelled = ""
        for line in block where !line.hasPrefix("#") {
          let columns = line.split(separator: "\t")
          spelled += columns[1] + (columns[9].contains("SpaceAfter=No") ? "" : " ")
        }
        #expect(spelled.trimmingSuffix() == sentence.text)
      }
    }
  }

  /// A word from a line of CoNLL-U.
  private static func read(_ line: String) -> Word? {
    let columns = line.components("\t")
    guard columns.count == 10, let head = Int(columns[6]),
      let part = PartOfSpeech(rawValue: columns[3])
    else { return nil }
    var notes: [String: String] = [:]
    for note in columns[9].components("|") {
      let pair = note.components("=")
      notes[pair[0]] = pair[1]
    }
    let features = columns[5] == "_" ? "" : columns[5]
    let offsets = (notes["Offsets"] ?? "").components(":").compactMap(Int.init)
    guard offsets.count == 2 else { return nil }
    let number = features.components("|").first { $0.hasPrefix("Number=") }
    return Word(
      text: columns[1], start: offsets[0], end: offsets[1], lemma: columns[2],
      partOfSpeech: part,
      number: number.flatMap { GrammaticalNumber(rawValue: String($0.dropFirst(7))) },
      features: features, head: head == 0 ? nil : head - 1, relation: columns[7],
      entity: notes["Entity"].flatMap(Int.init), sense: notes["Sense"])
  }
}

extension Word {
  fileprivate var upos: String { partOfSpeech.rawValue }
}

extension String {
  fileprivate func components(_ separator: Character) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }

  fileprivate func trimmingSuffix() -> String {
    hasSuffix(" ") ? String(dropLast()) : self
  }
}
