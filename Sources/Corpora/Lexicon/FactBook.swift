/// What a fact relates.
public enum Relation: String, Sendable, Hashable, CaseIterable {
  /// A country and its capital; a country and what it sells.
  case capital, export
  /// A person and a town, a profession, a colour, an animal.
  case home, profession, color, pet
  /// A species and its food.
  case diet
}

/// The words that only statements of facts use, by what they name.
struct FactWords: Sendable {
  let countries: [LexemeID]
  let towns: [LexemeID]
  let colors: [LexemeID]

  init(_ lexicon: inout Lexicon) {
    _ = lexicon.addVerbs(VerbTables.stating)
    _ = lexicon.addNouns(FactTables.nouns)
    _ = lexicon.addPlain("chief 주요\nfavorite 좋아하는", as: .adjective)
    let table = rows(NameTables.countries).filter { $0.count == 4 }
    countries = table.flatMap { lexicon.addPlain("\($0[0]) \($0[1])", as: .name) }
    towns = table.flatMap { lexicon.addPlain("\($0[2]) \($0[3])", as: .name) }
    colors = lexicon.addPlain(AdjectiveTables.colors, as: .noun)
  }
}

/// One word of a phrasing.
struct PhraseWord: Sendable {
  enum Content: Sendable {
    case word(LexemeID, Form)
    case subject, object
  }
  var content: Content
  /// The head's place in the phrasing, from zero; -1 for the root.
  var head: Int16
  var relation: Dependency
}

/// One statement of the world: what a subject has as object in a relation.
struct Fact: Sendable, Equatable {
  /// Its rank among all facts, from zero.
  var id = 0
  var relation: Relation
  var subject: LexemeID
  var object: LexemeID
  var subjectForm = Form.base
  var objectForm = Form.base
  /// The phrasing that training never shows for this fact.
  var heldOutPhrasing: Int
}

/// All facts, by rank, and how they are said.
struct FactBook: Sendable {
  /// The frequent first: the rank decides how often training states a fact.
  let facts: Choice<Fact>
  let phrasings: [Relation: [[PhraseWord]]]

  /// How many phrasings each relation has.
  static let phrasingCount = 5

  /// Makes the facts out of the words; which goes with which is fixed arithmetic.
  init(
    words: FactWords, lexicon: Lexicon, names: [LexemeID], people: [LexemeID],
    animals: [LexemeID], foods: [LexemeID], things: [LexemeID]
  ) {
    let startsWithVowel: (LexemeID) -> Bool = { id in
      lexicon.spelling(id, .base).first.map { "aeiou".contains($0) } ?? false
    }
    let professions = people.filter { Self.professions.contains(lexicon[$0].key) }
    let pets = Array(animals.filter { !startsWithVowel($0) }.prefix(16))
    let goods = foods + things.prefix(12)
    var all: [Fact] = []
    func relate(
      _ relation: Relation, _ subjects: [LexemeID], _ objects: [LexemeID], step: Int,
      subjectForm: Form = .base, objectForm: Form = .base
    ) {
      guard !objects.isEmpty else { return }
      for (index, subject) in subjects.enumerated() {
        let object = objects[(index * step + index / objects.count) % objects.count]
        let held = Self.mix(UInt64(all.count) &+ 0x51) % UInt64(Self.phrasingCount)
        all.append(
          Fact(
            relation: relation, subject: subject, object: object, subjectForm: subjectForm,
            objectForm: objectForm, heldOutPhrasing: Int(held)))
      }
    }
    relate(.capital, words.countries, words.towns, step: 1)
    relate(.export, words.countries, goods, step: 7, objectForm: .plural)
    relate(.home, names, words.towns, step: 11)
    relate(.profession, names, professions, step: 5)
    relate(.color, names, words.colors, step: 5)
    relate(.pet, names, pets, step: 7)
    relate(.diet, animals, foods, step: 5, subjectForm: .plural, objectForm: .plural)
    let ranked = all.indices.sorted {
      Self.mix(UInt64($0) &* 31) < Self.mix(UInt64($1) &* 31)
    }
    let numbered = ranked.enumerated().map { rank, index in
      var fact = all[index]
      fact.id = rank
      return fact
    }
    facts = Choice(zipf: numbered, shift: 60)
    phrasings = [
      .capital: Self.parse(FactTables.capital, lexicon),
      .export: Self.parse(FactTables.export, lexicon),
      .home: Self.parse(FactTables.home, lexicon),
      .profession: Self.parse(FactTables.profession, lexicon),
      .color: Self.parse(FactTables.color, lexicon),
      .pet: Self.parse(FactTables.pet, lexicon),
      .diet: Self.parse(FactTables.diet, lexicon),
    ]
  }

  private static let professions: Set<String> = [
    "farmer", "teacher", "doctor", "waiter", "sailor", "baker", "nurse", "judge", "soldier",
    "singer", "painter", "merchant", "hunter", "guard", "lawyer", "writer", "driver", "priest",
    "gardener", "pilot",
  ]

  /// A fixed scrambling of numbers.
  static func mix(_ value: UInt64) -> UInt64 {
    var mixed = value &+ 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Reads phrasings as `FactTables` writes them; a word that is not known is left out.
  static func parse(_ table: String, _ lexicon: Lexicon) -> [[PhraseWord]] {
    rows(table).map { row in row.compactMap { parse(word: $0, lexicon) } }
  }

  private static func parse(word: String, _ lexicon: Lexicon) -> PhraseWord? {
    let parts = word.split(separator: "@", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    let place = parts[1].split(separator: ":", maxSplits: 1).map(String.init)
    guard let head = Int16(place[0]) else { return nil }
    let spelling = parts[0].split(separator: "/").map(String.init)
    let content: PhraseWord.Content
    switch spelling[0] {
    case "S": content = .subject
    case "O": content = .object
    default:
      guard let read = reading(spelling, lexicon) else { return nil }
      content = .word(read.0, read.1)
    }
    let relation: Dependency
    if place.count == 2 {
      guard let named = Dependency(rawName: place[1]) else { return nil }
      relation = named
    } else if case .word(let id, _) = content {
      relation = lexicon[id].partOfSpeech == .punctuation ? .punctuation : .determiner
    } else {
      return nil
    }
    return PhraseWord(content: content, head: head - 1, relation: relation)
  }

  private static func reading(_ spelling: [String], _ lexicon: Lexicon) -> (LexemeID, Form)? {
    guard spelling.count == 2 else { return lexicon.reading(of: spelling[0]) }
    guard lexicon.has(spelling[1]) else { return nil }
    let id = lexicon.id(spelling[1])
    let form = Form.allCases.first { lexicon.spelling(id, $0) == spelling[0] }
    return form.map { (id, $0) }
  }
}
