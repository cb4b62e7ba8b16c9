/// One sense of an ambiguous word, and what shows that it is meant.
struct Sense: Sendable {
  var noun: LexemeID
  var adjectives: [LexemeID]
  var verbs: [LexemeID]
  /// A preposition and a noun.
  var modifiers: [Modifier]

  struct Modifier: Sendable {
    var preposition: LexemeID
    var noun: LexemeID
  }

  /// Adds the words of the tables, and reads the senses.
  static func read(_ lexicon: inout Lexicon) -> [Sense] {
    _ = lexicon.addVerbs(SenseTables.verbs)
    _ = lexicon.addAdjectives(SenseTables.adjectives)
    _ = lexicon.addNouns(SenseTables.nouns)
    _ = lexicon.addPlain(SenseTables.prepositions, as: .adposition)
    return rows(SenseTables.senses).compactMap { row in
      let parts = row.split(separator: ";").map(Array.init)
      guard parts.count == 4, parts[0].count == 4 else { return nil }
      let noun = lexicon.add(
        Lexeme(
          key: "\(parts[0][0])_\(parts[0][3])", partOfSpeech: .noun,
          forms: Lexicon.forms([.base: parts[0][0], .plural: parts[0][1]]),
          korean: parts[0][2], sense: parts[0][3]))
      let modifiers = parts[3].map { text in
        let pair = text.split(separator: ":").map(String.init)
        return Modifier(
          preposition: lexicon.id(pair.first ?? ""), noun: lexicon.id(pair.last ?? ""))
      }
      return Sense(
        noun: noun, adjectives: parts[1].map { lexicon.id($0) },
        verbs: parts[2].map { lexicon.id($0) }, modifiers: modifiers)
    }
  }
}

/// A verb with those who do it and those whom it is done to.
struct Role: Sendable {
  var verb: LexemeID
  var agents: Choice<LexemeID>
  var patients: Choice<LexemeID>

  /// Adds the verbs, and reads the roles.
  static func read(_ lexicon: inout Lexicon) -> [Role] {
    _ = lexicon.addVerbs(RoleTables.verbs)
    return rows(RoleTables.roles).compactMap { row in
      let parts = row.split(separator: ";").map { $0.map { lexicon.id($0) } }
      guard parts.count == 3, let verb = parts[0].first else { return nil }
      return Role(
        verb: verb, agents: Choice(zipf: parts[1]), patients: Choice(zipf: parts[2]))
    }
  }
}

/// The words of counting and comparing.
struct NumberWords: Sendable {
  /// *one* to *ten*.
  let numerals: [LexemeID]
  /// *animal*, *thing*, *vehicle*.
  let classes: [LexemeID]
  /// More and less of one quality: size and weight first, then what is said of people.
  let comparatives: [(more: LexemeID, less: LexemeID)]
  /// Animals from small to big.
  let bySize: Choice<LexemeID>
  private let sizes: [LexemeID: Int]

  init(_ lexicon: inout Lexicon) {
    numerals = lexicon.addPlain(NumberTables.numerals, as: .numeral)
    classes = lexicon.addNouns(NumberTables.classes)
    comparatives = rows(NumberTables.comparatives).filter { $0.count == 6 }.map { row in
      (
        Self.comparative(Array(row[0..<3]), &lexicon),
        Self.comparative(Array(row[3..<6]), &lexicon)
      )
    }
    let sized = NumberTables.bySize.split(separator: " ").map { lexicon.id(String($0)) }
    sizes = Dictionary(uniqueKeysWithValues: sized.enumerated().map { ($1, $0) })
    // The most frequent animals of the whole language are the most frequent here too.
    bySize = Choice(zipf: sized.sorted(), shift: 2)
  }

  /// Whether an animal is bigger than another.
  func isBigger(_ first: LexemeID, _ second: LexemeID) -> Bool {
    (sizes[first] ?? 0) > (sizes[second] ?? 0)
  }

  private static func comparative(_ row: [String], _ lexicon: inout Lexicon) -> LexemeID {
    lexicon.add(
      Lexeme(
        key: "\(row[1])_more", partOfSpeech: .adjective, forms: Lexicon.forms([.base: row[0]]),
        korean: row[2]))
  }
}
