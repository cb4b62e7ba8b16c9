import Corpora
import Statistics
import Tensors
import Transformers

@testable import Analysis

/// Rows whose patterns a test makes up: each head has a rule that gives the weight of a pair.
struct PlantedAttention {
  typealias Rule = @Sendable (_ query: Int, _ key: Int, _ count: Int) -> Double

  let selection: HeadSelection
  let model: Model

  /// Two heads in each of two layers of a tiny model; causal, or in both directions.
  init(isCausal: Bool) throws {
    model = try isCausal ? TinyModels.gpt2() : TinyModels.bert()
    selection = try HeadSelection(in: model.description)
  }

  /// A row of tokens with the rule of each head, which is scaled so that rows sum to one.
  ///
  /// - Parameters:
  ///   - special: The places of the special tokens.
  ///   - words: For each token its word; each token its own, less special ones, for nil.
  func row(
    _ index: Int = 0, tokens: [String], special: Set<Int> = [], text: AnnotatedText? = nil,
    words: [Int?]? = nil, types: [Int]? = nil, _ rules: [Rule]
  ) -> AttentionRow {
    let list = tokens.enumerated().map { place, token in
      PromptToken(
        id: token.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) % 1_000 }, text: token,
        origin: special.contains(place) ? .template : .text, type: types?[place] ?? 0)
    }
    let annotated = AnnotatedRow(
      PromptRow(list), text: text ?? AnnotatedText(tokens.joined(separator: " ")),
      words: words ?? list.map { _ in nil })
    let side = annotated.tokens(of: .decoder)
    let patterns = (0..<selection.count).map { head in
      pattern(tokens.count, rules[head % rules.count])
    }
    return AttentionRow(
      index: index, row: annotated, heads: selection, queries: side, keys: side,
      patterns: patterns)
  }

  /// A pattern of a rule.
  func pattern(_ count: Int, _ rule: Rule) -> Matrix {
    var elements: [Double] = []
    for query in 0..<count {
      let weights = (0..<count).map { key in
        selection.isCausal && key > query ? 0 : rule(query, key, count)
      }
      let total = weights.reduce(0, +)
      elements += weights.map { total > 0 ? $0 / total : 0 }
    }
    return Matrix(rows: count, columns: count, elements)
  }

  static let uniform: Rule = { _, _, _ in 1 }
  static let identity: Rule = { query, key, _ in query == key ? 1 : 0 }
  /// All to the token before; the first token looks at itself.
  static let previous: Rule = { query, key, _ in key == max(query - 1, 0) ? 1 : 0 }
  static let first: Rule = { _, key, _ in key == 0 ? 1 : 0 }
}

extension AnnotatedRow {
  /// A row from its parts, for tests.
  init(_ row: PromptRow, text: AnnotatedText, words: [Int?]) {
    self.init(text: text, row: row, words: words, targetWords: [])
  }
}
