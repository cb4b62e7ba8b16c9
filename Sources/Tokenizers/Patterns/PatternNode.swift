/// The tree of a regular expression.
indirect enum PatternNode {
  /// How often and how eagerly something repeats.
  struct Repetition {
    enum Manner {
      case greedy, lazy, possessive
    }

    var minimum: Int
    /// nil: without bound.
    var maximum: Int?
    var manner: Manner
  }

  case set(ScalarSet)
  case sequence([PatternNode])
  case alternation([PatternNode])
  case repetition(PatternNode, Repetition)
  /// A look at what follows or precedes, which consumes nothing.
  case look(PatternNode, behind: Bool, negated: Bool)
  case atomic(PatternNode)
  case anchor(PatternAnchor)

  /// The lengths that matches can have when they are few and fixed, as look-behind needs.
  var fixedLengths: Set<Int>? {
    switch self {
    case .set: return [1]
    case .anchor, .look: return [0]
    case .atomic(let node): return node.fixedLengths
    case .alternation(let nodes):
      var lengths: Set<Int> = []
      for node in nodes {
        guard let more = node.fixedLengths else { return nil }
        lengths.formUnion(more)
      }
      return lengths
    case .sequence(let nodes):
      var total = 0
      for node in nodes {
        guard let lengths = node.fixedLengths, lengths.count == 1, let length = lengths.first
        else { return nodes.count == 1 ? node.fixedLengths : nil }
        total += length
      }
      return [total]
    case .repetition(let node, let repetition):
      guard repetition.maximum == repetition.minimum, let lengths = node.fixedLengths,
        lengths.count == 1, let length = lengths.first
      else { return nil }
      return [length * repetition.minimum]
    }
  }
}

/// A condition on a place in the text.
enum PatternAnchor: Sendable {
  case textStart, textEnd, textEndOrLastNewline
  case lineStart, lineEnd
  case wordBoundary, noWordBoundary
}
