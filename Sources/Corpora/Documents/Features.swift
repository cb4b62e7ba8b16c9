/// The morphological features that a form shows.
struct Features {
  var number: GrammaticalNumber?
  var text = ""

  init(_ node: Node, _ lexeme: Lexeme) {
    var pairs: [String] = []
    switch lexeme.partOfSpeech {
    case .noun, .name: number = node.form == .plural ? .plural : .singular
    case .pronoun:
      if lexeme.key == "they" {
        number = .plural
      } else if lexeme.key != "that" {
        number = .singular
      }
      if node.form == .object { pairs.append("Case=Acc") }
    case .verb, .auxiliary: pairs += verbFeatures(node, lexeme)
    case .adjective: if lexeme.key.hasSuffix("_more") { pairs.append("Degree=Cmp") }
    case .numeral: pairs.append("NumType=Card")
    default: break
    }
    switch lexeme.gender {
    case .feminine: pairs.append("Gender=Fem")
    case .masculine: pairs.append("Gender=Masc")
    case .none: break
    }
    if let number { pairs.append("Number=\(number.rawValue)") }
    text = pairs.sorted().joined(separator: "|")
  }

  private mutating func verbFeatures(_ node: Node, _ lexeme: Lexeme) -> [String] {
    switch node.form {
    case .participle: return ["Tense=Past", "VerbForm=Part"]
    case .past, .pastPlural:
      if lexeme.partOfSpeech == .auxiliary { number = node.form == .past ? .singular : .plural }
      return ["Mood=Ind", "Tense=Past", "VerbForm=Fin"]
    default:
      number = node.form == .third ? .singular : .plural
      return ["Mood=Ind", "Tense=Pres", "VerbForm=Fin"]
    }
  }
}
