import Corpora
import Tensors
import Transformers

/// One token of a corpus: where it stands, and its id.
public struct CorpusToken: Sendable, Hashable {
  /// The place of its row.
  public var row: Int
  /// Its position in the row.
  public var position: Int
  /// Its id, as the model reads it.
  public var id: Int
}

/// The tokens of a corpus that were read from text, in one stack of a model: special tokens are left
/// out.
public struct CorpusTokens: TokenFacts {
  /// The texts, as the model reads them.
  public let rows: [AnnotatedRow]
  /// Whose tokens are meant.
  public let stack: Stack
  /// The tokens, by row and position.
  public let tokens: [CorpusToken]
  /// Whether tokens were hidden on purpose.
  public let isCorrupted: Bool
  /// Whether the tokens are those of a translation.
  private let isTarget: Bool

  /// The tokens of rows.
  ///
  /// - Parameters:
  ///   - stack: The side of a model with two stacks; a model with one has only the decoder.
  ///   - distinct: Whether a text that comes again is left out.
  public init(
    _ rows: [AnnotatedRow], of model: ModelDescription, stack: Stack = .decoder,
    distinct: Bool = false
  ) {
    self.init(rows, of: model, stack: stack, distinct: distinct, isCorrupted: false)
  }

  init(
    _ rows: [AnnotatedRow], of model: ModelDescription, stack: Stack, distinct: Bool = false,
    isCorrupted: Bool
  ) {
    self.isCorrupted = isCorrupted
    self.rows = rows
    self.stack = stack
    isTarget = model.encoder != nil && stack == .decoder
    var seen: Set<[Int]> = []
    var tokens: [CorpusToken] = []
    for (place, row) in rows.enumerated() {
      let own = Self.tokens(of: row, in: stack)
      if distinct, !seen.insert(own.map(\.id)).inserted { continue }
      for (position, token) in own.enumerated()
      where token.origin != .template && token.origin != .patch {
        tokens.append(CorpusToken(row: place, position: position, id: token.id))
      }
    }
    self.tokens = tokens
  }

  /// All tokens of a row in the stack, special ones as well.
  public func written(_ row: Int) -> [PromptToken] { Self.tokens(of: rows[row], in: stack) }

  /// The word that a token is a piece of.
  public func word(of token: CorpusToken) -> AnnotatedWord? {
    words(of: token).map { $0.all[$0.place] }
  }

  /// The word `offset` words further on, where there is one in the same sentence.
  public func word(beside token: CorpusToken, at offset: Int) -> AnnotatedWord? {
    guard let (all, place) = words(of: token), all.indices.contains(place + offset),
      all[place + offset].sentence == all[place].sentence
    else { return nil }
    return all[place + offset]
  }

  /// The words of the token's text, and which of them it is a piece of.
  private func words(of token: CorpusToken) -> (all: [AnnotatedWord], place: Int)? {
    let row = rows[token.row]
    let places = isTarget ? row.targetWords : row.words
    guard token.position < places.count, let place = places[token.position] else { return nil }
    return (isTarget ? row.text.targetWords : row.text.words, place)
  }

  /// The UTF-8 offsets of a token in the text that it was read from, without spaces around it: some
  /// tokenizers count these to the token, others do not.
  public func range(of token: CorpusToken) -> Range<Int>? {
    let own = written(token.row)[token.position]
    let text = rows[token.row].text
    guard let range = own.range,
      let read = own.origin == .pair ? text.pair : isTarget ? text.target : text.text
    else { return nil }
    var bytes = read.utf8.dropFirst(range.lowerBound).prefix(range.count)
    let space = UInt8(ascii: " ")
    while bytes.first == space { bytes = bytes.dropFirst() }
    let start = range.upperBound - bytes.count
    while bytes.last == space { bytes = bytes.dropLast() }
    return start..<start + bytes.count
  }

  /// The id of the token `offset` places further on, where that is a token of the text.
  public func id(beside token: CorpusToken, at offset: Int) -> Int? {
    let all = written(token.row)
    let place = token.position + offset
    guard all.indices.contains(place), all[place].origin != .template else { return nil }
    return all[place].id
  }

  /// The id that stood there before it was hidden.
  public func hiddenID(of token: CorpusToken) -> Int? {
    written(token.row)[token.position].maskedID
  }

  private static func tokens(of row: AnnotatedRow, in stack: Stack) -> [PromptToken] {
    stack == .encoder ? row.row.source ?? [] : row.row.tokens
  }
}

extension ModelDescription {
  /// The value that an analysis calls layer 0 of a stack (what enters its first block), 1 (what
  /// leaves it), and so on.
  public func stream(_ layer: Int, of stack: Stack) -> Site {
    layer == 0
      ? Site(.residPre, layer: 0, stack: stack)
      : Site(.residPost, layer: layer - 1, stack: stack)
  }
}
