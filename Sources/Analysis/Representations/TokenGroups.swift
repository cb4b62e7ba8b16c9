import Faults
import Tensors
import Transformers

/// Tokens of a corpus in groups that are to be compared.
public struct TokenGroups: Sendable {
  /// What makes the groups.
  public enum Division: String, Sendable, CaseIterable {
    /// How frequent the token is: its rank among the types of the corpus.
    case frequency
    /// The universal part of speech of its word.
    case upos
  }

  /// A group.
  public struct Group: Sendable {
    /// What it is called: ranks such as `11-30`, or a part of speech.
    public let name: String
    /// The places of its tokens in the corpus.
    public var places: [Int]
    /// How many types its tokens are of.
    public let types: Int
  }

  /// The first rank of each group of frequency; each holds about three times the ranks of the one
  /// before.
  static let firstRanks = [1, 11, 31, 101, 301, 1_001, 3_001, 10_001, 30_001]

  /// The groups: the most frequent first, parts of speech by their names.
  public let groups: [Group]

  /// The groups of a corpus.
  ///
  /// - Throws: `Fault` when the corpus does not say what the groups need.
  public init(_ corpus: some TokenFacts, by division: Division) throws(Fault) {
    switch division {
    case .frequency: groups = Self.byRank(corpus)
    case .upos:
      var members: [String: [Int]] = [:]
      for (place, token) in corpus.tokens.enumerated() {
        guard let name = corpus.word(of: token)?.partOfSpeech else { continue }
        members[name, default: []].append(place)
      }
      groups = members.sorted { $0.key < $1.key }.map { Self.group($0.key, $0.value, corpus) }
    }
    guard !groups.isEmpty else {
      throw Fault(
        "too-few-tokens", "no token of the corpus belongs to a group by \(division.rawValue)",
        help: "give a corpus that has it, such as   corpus \"english\" count: 1000")
    }
  }

  private static func byRank(_ corpus: some TokenFacts) -> [Group] {
    var counts: [Int: Int] = [:]
    for token in corpus.tokens { counts[token.id, default: 0] += 1 }
    let order = counts.keys.sorted { (counts[$1] ?? 0, $0) < (counts[$0] ?? 0, $1) }
    var bins: [Int: Int] = [:]
    for (index, id) in order.enumerated() {
      bins[id] = firstRanks.lastIndex { $0 <= index + 1 }
    }
    var members: [Int: [Int]] = [:]
    for (place, token) in corpus.tokens.enumerated() {
      if let bin = bins[token.id] { members[bin, default: []].append(place) }
    }
    return members.sorted { $0.key < $1.key }.map { bin, places in
      let next = bin + 1 < firstRanks.count ? firstRanks[bin + 1] - 1 : order.count
      return group("\(firstRanks[bin])-\(min(next, order.count))", places, corpus)
    }
  }

  private static func group(_ name: String, _ places: [Int], _ corpus: some TokenFacts) -> Group {
    Group(
      name: name, places: places, types: Set(places.map { corpus.tokens[$0].id }).count)
  }
}
