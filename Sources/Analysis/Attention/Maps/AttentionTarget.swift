import Statistics
import Tensors

/// Tokens that attention may go to, seen from a query.
public enum AttentionTarget: Sendable, Hashable {
  /// The token so many places behind the query: 0 itself, -1 the one before, 1 the next.
  case offset(Int)
  /// The first token of the row.
  case first
  /// Special tokens.
  case special
  /// Full stops, commas and their kind.
  case punctuation
  /// Tokens of these texts, spaces round them not counted.
  case texts(Set<String>)

  /// The places among the keys of a frame that belong to the target for every query; nil for a target
  /// that moves with the query.
  func columns(_ row: AttentionRow, _ frame: AttentionFrame) -> [Int]? {
    switch self {
    case .offset: return nil
    case .first: return frame.keys.indices.filter { frame.keys[$0] == 0 }
    case .special: return frame.keys.indices.filter { row.keys.isSpecial(frame.keys[$0]) }
    case .punctuation:
      return frame.keys.indices.filter { row.keys.isPunctuation(frame.keys[$0]) }
    case .texts(let texts):
      return frame.keys.indices.filter { texts.contains(row.keys.bareText(frame.keys[$0])) }
    }
  }

  /// What each query gives to the target; nil for a query that cannot see a target that moves.
  func mass(
    _ view: Matrix, _ row: AttentionRow, _ frame: AttentionFrame
  ) -> [Double?] {
    if let columns = columns(row, frame) { return view.rowSums(over: columns) }
    guard case .offset(let offset) = self else { return [] }
    return frame.places(at: offset).enumerated().map { query, place in
      place.map { view[query, $0] }
    }
  }
}

extension AttentionTokens {
  /// A token's text without the spaces round it.
  public func bareText(_ position: Int) -> String {
    let text = tokens[position].text.drop { $0.isWhitespace }
    return String(text.reversed().drop { $0.isWhitespace }.reversed())
  }

  /// Whether a token of the text is made of punctuation alone.
  func isPunctuation(_ position: Int) -> Bool {
    let text = bareText(position)
    return !isSpecial(position) && !text.isEmpty
      && text.allSatisfy { $0.isPunctuation || $0.isSymbol }
  }
}

/// Which tokens' attention is measured.
public enum AttentionSource: Sendable, Hashable {
  /// All tokens.
  case all
  /// Special tokens.
  case special
  /// All but special tokens.
  case plain
  /// Tokens of this text, spaces round it not counted.
  case text(String)
  /// Tokens that do not belong to a target; all, where the target moves with the query.
  case others(than: AttentionTarget)

  /// Whether a query counts.
  func contains(_ position: Int, of tokens: AttentionTokens) -> Bool {
    switch self {
    case .all: true
    case .special: tokens.isSpecial(position)
    case .plain: !tokens.isSpecial(position)
    case .text(let text): tokens.bareText(position) == text
    case .others(.offset): true
    case .others(.first): position != 0
    case .others(.special): !tokens.isSpecial(position)
    case .others(.punctuation): !tokens.isPunctuation(position)
    case .others(.texts(let texts)): !texts.contains(tokens.bareText(position))
    }
  }
}
