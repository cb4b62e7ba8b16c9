/// Finds added tokens in text: leftmost, and longest at that place.
struct AddedTokenMatcher: Sendable {
  /// Longer tokens are refused: the search looks back at most this far.
  static let longestToken = 4096

  /// A found token: where it is with the white space that it takes along.
  struct Match {
    var range: Range<Int>
    var id: Int
  }

  private struct Node: Sendable {
    var children: [Unicode.Scalar: Int] = [:]
    var token: Int?
  }

  private struct Target: Sendable {
    var token: AddedToken
    var id: Int
  }

  private var nodes = [Node()]
  private var targets: [Target] = []

  var isEmpty: Bool { targets.isEmpty }

  /// Searches for `scalars` as a spelling of `token`; the first token with a spelling keeps it.
  mutating func add(_ scalars: [Unicode.Scalar], _ token: AddedToken, id: Int) {
    guard !scalars.isEmpty else { return }
    var node = 0
    for scalar in scalars {
      if let child = nodes[node].children[scalar] {
        node = child
      } else {
        nodes.append(Node())
        nodes[node].children[scalar] = nodes.count - 1
        node = nodes.count - 1
      }
    }
    guard nodes[node].token == nil else { return }
    nodes[node].token = targets.count
    targets.append(Target(token: token, id: id))
  }

  /// Cuts `text` at the tokens in it, appending tokens and what lies between them to `output`.
  func split(_ text: AlignedText, _ range: Range<Int>, into output: inout SplitText) {
    var position = range.lowerBound
    for match in matches(in: text.scalars, range) {
      if position < match.range.lowerBound {
        output.append(text, position..<match.range.lowerBound)
      }
      output.append(text, match.range, token: match.id)
      position = match.range.upperBound
    }
    output.append(text, position..<max(position, range.upperBound))
  }

  private func matches(in scalars: [Unicode.Scalar], _ range: Range<Int>) -> [Match] {
    guard !isEmpty else { return [] }
    var matches: [Match] = []
    var position = range.lowerBound
    var taken = range.lowerBound
    // Where the white space begins that the last token took along on its right, up to `taken`.
    var spaceStart = range.upperBound
    while position < range.upperBound {
      guard let (end, target) = longest(in: scalars, from: position, to: range.upperBound) else {
        position += 1
        continue
      }
      let token = targets[target].token
      if !token.isSingleWord || standsAlone(position..<end, in: scalars, range) {
        var start = position
        var stop = end
        if token.stripsLeft {
          while start > taken, scalars[start - 1].isSpace { start -= 1 }
          // What a token before took along is gone; without this strip it would count again.
          start = max(start, taken)
        }
        if token.stripsRight {
          if stop >= spaceStart, stop < taken {
            stop = taken
          } else {
            spaceStart = stop
          }
          while stop < range.upperBound, scalars[stop].isSpace { stop += 1 }
        }
        matches.append(Match(range: start..<max(start, stop), id: targets[target].id))
        taken = stop
      }
      position = end
    }
    return matches
  }

  private func longest(
    in scalars: [Unicode.Scalar], from start: Int, to limit: Int
  ) -> (end: Int, target: Int)? {
    var node = 0
    var longest: (end: Int, target: Int)?
    var position = start
    while position < limit, let child = nodes[node].children[scalars[position]] {
      node = child
      position += 1
      if let token = nodes[node].token {
        longest = (position, token)
      }
    }
    return longest
  }

  private func standsAlone(
    _ match: Range<Int>, in scalars: [Unicode.Scalar], _ range: Range<Int>
  ) -> Bool {
    let wordBefore = match.lowerBound > range.lowerBound && scalars[match.lowerBound - 1].isWord
    let wordAfter = match.upperBound < range.upperBound && scalars[match.upperBound].isWord
    return !wordBefore && !wordAfter
  }
}
