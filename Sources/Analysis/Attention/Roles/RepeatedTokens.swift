import Tensors
import Transformers

/// Rows of random tokens that are said again and again: what shows whether heads look for an earlier
/// time (Olsson et al., 2022).
public struct RepeatedTokens: Sendable {
  /// How many different tokens each row says.
  public static let period = 25
  /// How often it says them.
  public static let times = 4

  /// The rows, with the special tokens that the corpus' rows begin and end with.
  public let rows: [AnnotatedRow]
  /// How many different tokens each row says; fewer where the model's context is short.
  public let period: Int

  /// Rows of tokens that a corpus has, less the most frequent twentieth of them.
  ///
  /// In a model with two stacks both sides say the same tokens of the target's vocabulary. There are
  /// no rows where the corpus has fewer than two such tokens, or the context has no room.
  public init(like corpus: [AnnotatedRow], for model: ModelDescription, count: Int, seed: UInt64) {
    var counts: [Int: Int] = [:]
    var texts: [Int: PromptToken] = [:]
    for row in corpus {
      for token in row.row.tokens + (row.row.source ?? []) where token.origin == .text {
        counts[token.id, default: 0] += 1
        texts[token.id] = token
      }
    }
    let ranked = counts.keys.sorted { (counts[$0] ?? 0, $1) > (counts[$1] ?? 0, $0) }
    let pool = ranked.dropFirst(ranked.count / 20).sorted()
    let edges = corpus.first.map { Edges($0.row.tokens) }
    let sourceEdges = corpus.first?.row.source.map { Edges($0) }
    let fixed = max(edges?.count ?? 0, sourceEdges?.count ?? 0)
    let room = model.contextLength.map { ($0 - fixed) / Self.times } ?? Self.period
    period = max(0, min(Self.period, pool.count, room))
    guard period >= 2, let edges else {
      rows = []
      return
    }
    var random = SeededGenerator(seed: seed, name: "repeated tokens")
    var rows: [AnnotatedRow] = []
    for _ in 0..<count {
      var said = pool
      for place in 0..<period {
        said.swapAt(place, Int.random(in: place..<said.count, using: &random))
      }
      let once = said.prefix(period).compactMap { texts[$0] }
      let all = (0..<Self.times).flatMap { _ in once }
      rows.append(AnnotatedRow(PromptRow(edges.around(all), source: sourceEdges?.around(all))))
    }
    self.rows = rows
  }

  /// The special tokens round a row.
  private struct Edges {
    let front: [PromptToken]
    let back: [PromptToken]

    init(_ tokens: [PromptToken]) {
      front = Array(tokens.prefix { $0.origin == .template })
      back = Array(tokens.dropFirst(front.count).reversed().prefix { $0.origin == .template })
        .reversed()
    }

    var count: Int { front.count + back.count }

    func around(_ tokens: [PromptToken]) -> [PromptToken] { front + tokens + back }
  }
}

/// What heads give to earlier times of the same token, and to what stood behind these.
public struct RepetitionHeads: Sendable {
  /// The share from which a head counts as one for induction or for duplicates.
  public static let bound = 0.4

  /// The heads.
  public let heads: HeadSelection
  /// What goes to the tokens behind earlier times of the query's token, one column a head; nothing
  /// where attention is not causal, since such a head could as well copy what comes next.
  public private(set) var induction: RowSums
  /// What uniform attention would give there.
  public private(set) var inductionChance: RowSums
  /// What goes to other times of the query's token (earlier ones, where attention is causal).
  public private(set) var duplicate: RowSums
  /// What uniform attention would give there.
  public private(set) var duplicateChance: RowSums

  /// Nothing yet, of so many rows of repeated tokens.
  public init(rows: Int, heads: HeadSelection) {
    self.heads = heads
    induction = RowSums(rows: rows, columns: heads.count)
    inductionChance = induction
    duplicate = induction
    duplicateChance = induction
  }

  /// Adds a row.
  public mutating func add(_ row: AttentionRow) {
    guard !heads.isCross else { return }
    let ids = row.queries.tokens.map { $0.origin == .template ? -1 : $0.id }
    for layer in heads.layers {
      let first = layer.range.lowerBound
      let same = ids.indices.map { query in
        row.support(of: query, head: first).filter { $0 != query && ids[$0] == ids[query] }
      }
      for query in ids.indices where ids[query] >= 0 && same[query].contains(where: { $0 < query })
      {
        let width = Double(row.support(of: query, head: first).count)
        let behind = same[query].filter { $0 < query }.map { $0 + 1 }
        for head in layer.range {
          duplicateChance.add(Double(same[query].count) / width, row: row.index, column: head)
          if heads.isCausal {
            inductionChance.add(Double(behind.count) / width, row: row.index, column: head)
          }
        }
      }
      for head in layer.range {
        let pattern = row.pattern(head)
        for query in ids.indices
        where ids[query] >= 0 && same[query].contains(where: { $0 < query }) {
          duplicate.add(
            same[query].reduce(0) { $0 + pattern[query, $1] }, row: row.index, column: head)
          if heads.isCausal {
            let mass = same[query].filter { $0 < query }.reduce(0) { $0 + pattern[query, $1 + 1] }
            induction.add(mass, row: row.index, column: head)
          }
        }
      }
    }
  }
}
