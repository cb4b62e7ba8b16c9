/// What becomes of the delimiters that a text is split at.
enum SplitBehavior: String, Sendable {
  case removed = "Removed"
  case isolated = "Isolated"
  case mergedWithPrevious = "MergedWithPrevious"
  case mergedWithNext = "MergedWithNext"
  case contiguous = "Contiguous"

  /// Cuts `range` at `matches` (ascending, not overlapping), appending the parts.
  ///
  /// `inverted` turns matches into what lies between them.
  func cut(
    _ range: Range<Int>, at matches: [Range<Int>], inverted: Bool = false,
    into parts: inout [Range<Int>]
  ) {
    let pieces = Self.pieces(of: range, matches: matches, inverted: inverted)
    switch self {
    case .isolated:
      parts.append(contentsOf: pieces.map(\.range))
    case .removed:
      parts.append(contentsOf: pieces.lazy.filter { !$0.isMatch }.map(\.range))
    case .contiguous:
      Self.merge(pieces, into: &parts) { $0 == $1 }
    case .mergedWithPrevious:
      Self.merge(pieces, into: &parts) { previous, current in current && !previous }
    case .mergedWithNext:
      Self.mergeBackwards(pieces, into: &parts)
    }
  }

  private struct Piece {
    var range: Range<Int>
    var isMatch: Bool
  }

  /// The matches and what lies between them, in order.
  private static func pieces(
    of range: Range<Int>, matches: [Range<Int>], inverted: Bool
  ) -> [Piece] {
    var pieces: [Piece] = []
    pieces.reserveCapacity(2 * matches.count + 1)
    var position = range.lowerBound
    for match in matches {
      if position < match.lowerBound {
        pieces.append(Piece(range: position..<match.lowerBound, isMatch: inverted))
      }
      pieces.append(Piece(range: match, isMatch: !inverted))
      position = match.upperBound
    }
    if position < range.upperBound {
      pieces.append(Piece(range: position..<range.upperBound, isMatch: inverted))
    }
    return pieces
  }

  /// Joins a piece to the one before where `joins(previous is match, current is match)` says so.
  private static func merge(
    _ pieces: [Piece], into parts: inout [Range<Int>], joins: (Bool, Bool) -> Bool
  ) {
    var previous = false
    let first = parts.count
    for piece in pieces {
      if joins(previous, piece.isMatch), parts.count > first {
        parts[parts.count - 1] = parts[parts.count - 1].lowerBound..<piece.range.upperBound
      } else {
        parts.append(piece.range)
      }
      previous = piece.isMatch
    }
  }

  private static func mergeBackwards(_ pieces: [Piece], into parts: inout [Range<Int>]) {
    var previous = false
    var backwards: [Range<Int>] = []
    for piece in pieces.reversed() {
      if piece.isMatch, !previous, let last = backwards.popLast() {
        backwards.append(piece.range.lowerBound..<last.upperBound)
      } else {
        backwards.append(piece.range)
      }
      previous = piece.isMatch
    }
    parts.append(contentsOf: backwards.reversed())
  }
}
