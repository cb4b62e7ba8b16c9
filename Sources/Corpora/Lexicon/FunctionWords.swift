/// The lexemes that the rules of the grammar name.
struct FunctionWords: Sendable {
  let the, a, this, some, many: LexemeID
  let be, that, than, because, when, and, but, not, again, more: LexemeID
  let it, he, she, they: LexemeID
  let to, by, of: LexemeID
  let comma, stop: LexemeID

  init(_ lexicon: inout Lexicon) {
    the = Self.word(&lexicon, .determiner, "the")
    a = Self.word(&lexicon, .determiner, "a", [.base: "a", .beforeVowel: "an"])
    this = Self.word(&lexicon, .determiner, "this", [.base: "this", .plural: "these"], "이")
    some = Self.word(&lexicon, .determiner, "some", nil, "몇몇")
    many = Self.word(&lexicon, .determiner, "many", nil, "많은")
    be = Self.word(
      &lexicon, .auxiliary, "be",
      [.base: "are", .third: "is", .past: "was", .pastPlural: "were"], "이다")
    that = Self.word(&lexicon, .pronoun, "that")
    than = Self.word(&lexicon, .adposition, "than")
    because = Self.word(&lexicon, .subordinator, "because")
    when = Self.word(&lexicon, .subordinator, "when")
    and = Self.word(&lexicon, .coordinator, "and")
    but = Self.word(&lexicon, .coordinator, "but")
    not = Self.word(&lexicon, .particle, "not")
    again = Self.word(&lexicon, .adverb, "again", nil, "다시")
    more = Self.word(&lexicon, .adverb, "more", nil, "더")
    it = Self.word(&lexicon, .pronoun, "it", [.base: "it", .object: "it"], "그것")
    he = Self.word(
      &lexicon, .pronoun, "he", [.base: "he", .object: "him"], "그", .masculine)
    she = Self.word(
      &lexicon, .pronoun, "she", [.base: "she", .object: "her"], "그녀", .feminine)
    they = Self.word(&lexicon, .pronoun, "they", [.plural: "they", .object: "them"], "그들")
    to = Self.word(&lexicon, .adposition, "to")
    by = Self.word(&lexicon, .adposition, "by")
    of = Self.word(&lexicon, .adposition, "of")
    for word in ["at", "for", "from", "as", "on", "with"] {
      _ = Self.word(&lexicon, .adposition, word)
    }
    _ = Self.word(&lexicon, .pronoun, "its", nil, "그것")
    comma = Self.word(&lexicon, .punctuation, ",")
    stop = Self.word(&lexicon, .punctuation, ".")
  }

  private static func word(
    _ lexicon: inout Lexicon, _ part: PartOfSpeech, _ lemma: String,
    _ forms: KeyValuePairs<Form, String>? = nil, _ korean: String = "",
    _ gender: Gender = .none
  ) -> LexemeID {
    lexicon.add(
      Lexeme(
        key: lemma, partOfSpeech: part, forms: Lexicon.forms(forms ?? [.base: lemma]),
        korean: korean, gender: gender))
  }
}
