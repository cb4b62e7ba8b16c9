/// What is known about a document beside its words.
public struct Attributes: Sendable, Hashable {
  /// The number of nouns between the subject and its verb.
  public var attractors: Int?
  /// The number of each of them.
  public var attractorNumbers: [GrammaticalNumber] = []
  /// The number of the (first) subject.
  public var subjectNumber: GrammaticalNumber?
  /// The ranks of the facts that are stated, from zero for the most frequent.
  public var facts: [Int] = []
  /// The phrasing of each of them.
  public var phrasings: [Int] = []
  /// The place of the verb that has to agree, among all words of the document.
  public var verb: Int?
  /// The places of the pronouns.
  public var pronouns: [Int] = []
  /// The place of the ambiguous word.
  public var ambiguous: Int?
  /// The place of the name or noun whose coming again can be foretold.
  public var repeated: Int?
  /// What a review thinks.
  public var sentiment: Sentiment?
  /// Whether the second sentence follows the first.
  public var follows: Bool?
}

/// One or two sentences with everything that is true of them.
///
/// The text and its probability are made at once; the truth and the translation when they are asked
/// for, from the words of the derivation.
public struct Document: Sendable {
  /// The text, in ASCII.
  public let text: String
  /// What it shows.
  public let kind: Kind
  /// The logarithm of the text's probability under the mixture, in nats, before any split leaves
  /// documents out.
  public let logProbability: Double
  /// What is known beside the words.
  public let attributes: Attributes

  /// Whether it is so improbable among those of its kind that it may be held out.
  let isRare: Bool
  /// Whether training never shows it.
  public let isHeldOut: Bool

  let nodes: [Node]
  let ends: [Int16]
  let words: Vocabulary

  /// The words' number, full stops and commas included.
  public var wordCount: Int { nodes.count }
  /// The number of sentences.
  public var sentenceCount: Int { ends.count }
}

extension Document {
  /// Writes words with natural spacing.
  static func spell(_ nodes: [Node], _ words: Vocabulary) -> String {
    var text = ""
    text.reserveCapacity(nodes.count * 6)
    for (index, node) in nodes.enumerated() {
      if index > 0 && !isGlued(node, words) { text += " " }
      text += spelling(at: index, of: nodes, words)
    }
    return text
  }

  /// Whether a word follows the one before without a space.
  static func isGlued(_ node: Node, _ words: Vocabulary) -> Bool {
    node.lexeme == words.function.stop || node.lexeme == words.function.comma
  }

  /// The form of a word, *a* or *an* by what comes next.
  static func spelling(at index: Int, of nodes: [Node], _ words: Vocabulary) -> String {
    let node = nodes[index]
    if node.lexeme == words.function.a, index + 1 < nodes.count {
      let next = nodes[index + 1]
      if let first = words.lexicon.spelling(next.lexeme, next.form).utf8.first, isVowel(first) {
        return words.lexicon.spelling(node.lexeme, .beforeVowel)
      }
    }
    return words.lexicon.spelling(node.lexeme, node.form)
  }

  private static func isVowel(_ letter: UInt8) -> Bool {
    switch letter {
    case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"),
      UInt8(ascii: "u"):
      true
    default: false
    }
  }
}
