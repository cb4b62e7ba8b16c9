/// Every word of the language, added table by table.
struct Lexicon: Sendable {
  private(set) var lexemes: [Lexeme] = []
  /// The forms of all lexemes in a row, so that a form is found without going through its lexeme.
  private(set) var forms: [String] = []
  private var byKey: [String: LexemeID] = [:]
  private var byForm: [String: (LexemeID, Form)] = [:]

  subscript(id: LexemeID) -> Lexeme { lexemes[Int(id)] }

  /// The spelling of a form.
  func spelling(_ id: LexemeID, _ form: Form) -> String {
    forms[Int(id) * Form.allCases.count + Int(form.rawValue)]
  }

  /// The lexeme with a key; the first word of the lexicon where there is none, which the tests of
  /// the tables exclude.
  func id(_ key: String) -> LexemeID { byKey[key] ?? 0 }

  /// Whether there is a lexeme with a key.
  func has(_ key: String) -> Bool { byKey[key] != nil }

  /// The lexeme that a form belongs to, by the first that has it.
  func reading(of form: String) -> (LexemeID, Form)? { byForm[form] }

  /// The number of different spellings.
  var wordTypes: Int { Set(forms.filter { !$0.isEmpty }).count }

  @discardableResult
  mutating func add(_ lexeme: Lexeme) -> LexemeID {
    let id = LexemeID(lexemes.count)
    lexemes.append(lexeme)
    forms += lexeme.forms
    if byKey[lexeme.key] == nil { byKey[lexeme.key] = id }
    for (index, form) in lexeme.forms.enumerated() where !form.isEmpty && byForm[form] == nil {
      if let place = Form(rawValue: UInt8(index)) { byForm[form] = (id, place) }
    }
    return id
  }
}

/// A table's lines, each split at its spaces.
func rows(_ table: String) -> [[String]] {
  table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
}

extension Lexicon {
  /// Forms in the order of `Form` from those that are given.
  static func forms(_ given: KeyValuePairs<Form, String>) -> [String] {
    var all = [String](repeating: "", count: Form.allCases.count)
    for (form, spelling) in given { all[Int(form.rawValue)] = spelling }
    return all
  }

  /// Adds a table of nouns: singular, plural, Korean.
  mutating func addNouns(_ table: String) -> [LexemeID] {
    rows(table).filter { $0.count == 3 }.map { row in
      add(
        Lexeme(
          key: row[0], partOfSpeech: .noun,
          forms: Self.forms([.base: row[0], .plural: row[1]]), korean: row[2]))
    }
  }

  /// Adds a table of verbs: four forms and three Korean ones.
  mutating func addVerbs(_ table: String) -> [LexemeID] {
    rows(table).filter { $0.count >= 7 }.map { row in
      add(
        Lexeme(
          key: row[0], partOfSpeech: .verb,
          forms: Self.forms([
            .base: String(row[0].prefix { $0 != "_" }), .third: row[1], .past: row[2],
            .participle: row[3],
          ]),
          korean: row[4], koreanPast: row[5], koreanAdnominal: row[6],
          koreanObject: row.count > 7 ? row[7] : nil))
    }
  }

  /// Adds a table of adjectives: the word and three Korean forms.
  mutating func addAdjectives(_ table: String) -> [LexemeID] {
    rows(table).filter { $0.count == 4 }.map { row in
      add(
        Lexeme(
          key: row[0], partOfSpeech: .adjective,
          forms: Self.forms([.base: String(row[0].prefix { $0 != "_" })]),
          korean: row[1], koreanPast: row[3], koreanAdnominal: row[2]))
    }
  }

  /// Adds a table of words with one form.
  mutating func addPlain(
    _ table: String, as part: PartOfSpeech, gender: Gender = .none
  ) -> [LexemeID] {
    rows(table).filter { $0.count == 2 }.map { row in
      add(
        Lexeme(
          key: row[0], partOfSpeech: part, forms: Self.forms([.base: row[0]]), korean: row[1],
          gender: gender))
    }
  }
}
