import Transformers

/// Which token of one prompt stands for which of another of a different length.
///
/// Tokens that both have in one order stand for each other (a longest common subsequence). Of what
/// lies between two such tokens the last stands for the last, and so on backwards; where one side has
/// more, its first ones stand for the other side's first, and where the other side has none, for the
/// token before.
public struct TokenAlignment: Sendable, Hashable {
  /// For each position of the first prompt the one of the second.
  public let places: [Int]

  /// Aligns two prompts by their ids.
  public init(_ first: PromptRow, _ second: PromptRow) {
    places = Self.places(first.ids, second.ids)
  }

  static func places(_ first: [Int], _ second: [Int]) -> [Int] {
    let pairs = common(first, second)
    var places = Array(repeating: 0, count: first.count)
    var (start, from) = (0, 0)
    for (end, to) in pairs + [(first.count, second.count)] {
      let gap = to - from
      for place in start..<end {
        let fromEnd = end - place
        places[place] =
          gap == 0 ? max(0, min(from - 1, second.count - 1)) : max(from, to - fromEnd)
      }
      if end < first.count { places[end] = to }
      (start, from) = (end + 1, to + 1)
    }
    return places
  }

  /// A longest common subsequence, as pairs of places.
  private static func common(_ first: [Int], _ second: [Int]) -> [(Int, Int)] {
    let width = second.count + 1
    var lengths = Array(repeating: 0, count: (first.count + 1) * width)
    for i in first.indices.reversed() {
      for j in second.indices.reversed() {
        lengths[i * width + j] =
          first[i] == second[j]
          ? lengths[(i + 1) * width + j + 1] + 1
          : max(lengths[(i + 1) * width + j], lengths[i * width + j + 1])
      }
    }
    var pairs: [(Int, Int)] = []
    var (i, j) = (0, 0)
    while i < first.count, j < second.count {
      if first[i] == second[j] {
        pairs.append((i, j))
        i += 1
        j += 1
      } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
        i += 1
      } else {
        j += 1
      }
    }
    return pairs
  }
}
