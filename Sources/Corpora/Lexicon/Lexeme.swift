/// Universal parts of speech that the grammar uses.
public enum PartOfSpeech: String, Sendable, Hashable, CaseIterable {
  /// Adjectives, adpositions and adverbs.
  case adjective = "ADJ"
  case adposition = "ADP"
  case adverb = "ADV"
  /// Forms of *be* that link or help.
  case auxiliary = "AUX"
  case coordinator = "CCONJ"
  case determiner = "DET"
  case noun = "NOUN"
  case numeral = "NUM"
  case particle = "PART"
  case pronoun = "PRON"
  case name = "PROPN"
  case punctuation = "PUNCT"
  case subordinator = "SCONJ"
  case verb = "VERB"
}

/// Grammatical number.
public enum GrammaticalNumber: String, Sendable, Hashable, CaseIterable {
  /// One.
  case singular = "Sing"
  /// More than one.
  case plural = "Plur"

  /// The other number.
  public var other: GrammaticalNumber { self == .singular ? .plural : .singular }
}

/// Which of a lexeme's forms stands in the text.
enum Form: UInt8, CaseIterable {
  /// A noun's singular, a verb's base and present plural, and the form of what has only one.
  case base
  /// A noun's or determiner's plural.
  case plural
  /// A verb's third person singular of the present.
  case third
  case past
  /// The past that goes with a plural: *were*.
  case pastPlural
  case participle
  /// A pronoun as object.
  case object
  /// The article before a vowel: *an*.
  case beforeVowel
}

/// Grammatical gender of names and pronouns.
enum Gender: UInt8 {
  case none, feminine, masculine
}

/// A word of the dictionary with its forms and its Korean.
struct Lexeme: Sendable {
  /// What tells it from lexemes with the same lemma.
  var key: String
  var partOfSpeech: PartOfSpeech
  /// By `Form`; empty where there is none.
  var forms: [String]
  /// Dictionary form (nouns: the stem).
  var korean: String
  /// The past, and the past or adjectival form before a noun, of verbs and adjectives.
  var koreanPast = ""
  var koreanAdnominal = ""
  var gender = Gender.none
  /// Which sense of an ambiguous word this is.
  var sense: String?
  /// The particle of its object where that is not the accusative.
  var koreanObject: String?

  /// The form that stands for all.
  var lemma: String { String(key.prefix { $0 != "_" }) }
}

/// The place of a lexeme in the lexicon.
typealias LexemeID = Int32
