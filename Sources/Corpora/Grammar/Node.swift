/// Universal dependency relations that the grammar uses.
enum Dependency: UInt8, CaseIterable, Sendable {
  case root, subject, passiveSubject, object, oblique, agent, recipient, modifier, possessive
  case determiner, adjective, adverb, preposition, copula, auxiliary, passiveAuxiliary
  case complement, relative, conjunct, coordination, marker, adverbialClause, numeral
  case apposition, punctuation

  /// The name in the scheme of Universal Dependencies 2.
  var name: String {
    switch self {
    case .root: "root"
    case .subject: "nsubj"
    case .passiveSubject: "nsubj:pass"
    case .object: "obj"
    case .oblique: "obl"
    case .agent: "obl:agent"
    case .recipient: "obl:arg"
    case .modifier: "nmod"
    case .possessive: "nmod:poss"
    case .determiner: "det"
    case .adjective: "amod"
    case .adverb: "advmod"
    case .preposition: "case"
    case .copula: "cop"
    case .auxiliary: "aux"
    case .passiveAuxiliary: "aux:pass"
    case .complement: "xcomp"
    case .relative: "acl:relcl"
    case .conjunct: "conj"
    case .coordination: "cc"
    case .marker: "mark"
    case .adverbialClause: "advcl"
    case .numeral: "nummod"
    case .apposition: "appos"
    case .punctuation: "punct"
    }
  }

  /// The relation with a name of the scheme.
  init?(rawName: String) {
    guard let found = Self.allCases.first(where: { $0.name == rawName }) else { return nil }
    self = found
  }
}

/// A word of a derivation: everything that the text, the truth and the translation are made of.
struct Node: Sendable, Hashable {
  var lexeme: LexemeID
  var form: Form
  var relation: Dependency
  /// The place of the head among all words of the document; -1 for a root.
  var head: Int16
  /// What is referred to, from one; 0 for nothing that is referred to again.
  var entity: UInt8 = 0
}
