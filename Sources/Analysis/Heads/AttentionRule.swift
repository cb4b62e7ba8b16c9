import Corpora
import Transformers

/// A rule by which a head could choose what it looks at.
public enum AttentionRule: String, Sendable, CaseIterable {
  /// The token itself, and its neighbours.
  case itself, previous, next
  /// The first token of the row, and the other tokens of the tokenizer's template.
  case first, separator
  case punctuation
  /// Other pieces of the same word.
  case sameWord
  /// Other places where the same token stands, and what stands behind such places earlier on.
  case sameToken, afterSameToken
  /// The word's head, its dependents, and the subjects and objects of its sentence.
  case head, dependents, subject, object
  /// The same sentence, where there are several, or the same half of a pair.
  case sentence
  /// What the word that is being read translates, and what the next word will.
  case source, nextSource
  /// Everything that may be seen.
  case uniform

  /// What people call what is looked at.
  public var title: String {
    switch self {
    case .itself: "itself"
    case .previous: "the previous token"
    case .next: "the next token"
    case .first: "the first token"
    case .separator: "separators"
    case .punctuation: "punctuation"
    case .sameWord: "its word's other pieces"
    case .sameToken: "the same token elsewhere"
    case .afterSameToken: "what followed the same token"
    case .head: "its head"
    case .dependents: "its dependents"
    case .subject: "subjects"
    case .object: "objects"
    case .sentence: "its sentence"
    case .source: "what its word translates"
    case .nextSource: "what its next word translates"
    case .uniform: "everything alike"
    }
  }

  /// The rules that make sense for a head: all but the last lines for attention within a stack.
  static func library(isCross: Bool) -> [AttentionRule] {
    let crossOnly: Set<AttentionRule> = [.source, .nextSource]
    let ownOnly: Set<AttentionRule> = [
      .itself, .previous, .next, .sameWord, .afterSameToken, .head, .dependents, .sentence,
    ]
    return allCases.filter { isCross ? !ownOnly.contains($0) : !crossOnly.contains($0) }
  }
}

/// What rules need to know of a row.
struct RuleRow {
  let rules: [AttentionRule]
  private let row: AttentionRow
  private let isCross: Bool
  private let queryWords: [AnnotatedWord], keyWords: [AnnotatedWord]
  private let punctuation: [Bool], subjects: [Bool], objects: [Bool]
  private let sentences: Bool

  init(_ row: AttentionRow, rules: [AttentionRule]) {
    self.row = row
    self.rules = rules
    isCross = row.heads.isCross
    let text = row.row.text
    let usesTarget = row.row.row.source != nil && row.heads.stack == .decoder
    queryWords = usesTarget ? text.targetWords : text.words
    let keyWords = usesTarget && !isCross ? text.targetWords : text.words
    self.keyWords = keyWords
    func keys(_ test: (AnnotatedWord) -> Bool) -> [Bool] {
      row.keys.words.map { $0.map { test(keyWords[$0]) } ?? false }
    }
    punctuation = zip(row.keys.tokens.indices, keys { $0.partOfSpeech == "PUNCT" }).map {
      position, isMarked in isMarked || row.keys.isPunctuation(position)
    }
    subjects = keys { $0.relation?.hasPrefix("nsubj") ?? false }
    objects = keys { $0.relation == "obj" || $0.relation == "dobj" || $0.relation == "iobj" }
    sentences =
      text.sentenceCount > 1 || row.keys.tokens.contains { $0.type != 0 || $0.origin == .pair }
  }

  /// Which rules name a key for a query, as bits in the order of `rules`.
  func members(query: Int, key: Int) -> UInt32 {
    var bits: UInt32 = 0
    for (place, rule) in rules.enumerated() where matches(rule, query, key) {
      bits |= 1 << UInt32(place)
    }
    return bits
  }

  private func matches(_ rule: AttentionRule, _ query: Int, _ key: Int) -> Bool {
    let (queries, keys) = (row.queries, row.keys)
    switch rule {
    case .itself: return key == query
    case .previous: return key == query - 1
    case .next: return key == query + 1
    case .first: return key == 0
    case .separator: return key > 0 && keys.isSpecial(key)
    case .punctuation: return punctuation[key]
    case .sameWord:
      return key != query && queries.words[query] != nil && keys.words[key] == queries.words[query]
    case .sameToken:
      return (isCross || key != query) && keys.tokens[key].id == queries.tokens[query].id
        && !keys.isSpecial(key)
    case .afterSameToken:
      return key > 0 && key - 1 < query && keys.tokens[key - 1].id == queries.tokens[query].id
        && !keys.isSpecial(key - 1)
    case .head:
      guard let word = queries.words[query], let head = queryWords[word].head else { return false }
      return keys.words[key] == head
    case .dependents:
      guard let word = queries.words[query], let other = keys.words[key] else { return false }
      return keyWords[other].head == word
    case .subject: return subjects[key] && isSameSentence(query, key)
    case .object: return objects[key] && isSameSentence(query, key)
    case .sentence: return sentences && isSameSentence(query, key)
    case .source: return isSource(queries.words[query], key)
    case .nextSource:
      let word = queries.words[query]
      return isSource(queries.words.dropFirst(query + 1).first { $0 != word } ?? nil, key)
    case .uniform: return true
    }
  }

  private func isSource(_ word: Int?, _ key: Int) -> Bool {
    guard let word, let other = row.keys.words[key] else { return false }
    return queryWords[word].sources.contains(other)
  }

  private func isSameSentence(_ query: Int, _ key: Int) -> Bool {
    if isCross { return true }
    let (first, second) = (row.queries.tokens[query], row.keys.tokens[key])
    guard (first.origin == .pair) == (second.origin == .pair) else { return false }
    guard let one = row.queries.words[query], let other = row.keys.words[key] else { return false }
    return queryWords[one].sentence == keyWords[other].sentence
  }
}
