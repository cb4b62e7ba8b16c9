import Statistics
import Tensors

/// How often a head's maps are of each of the five classes (Kovaleva et al., 2019).
public struct AttentionPatterns: Sendable {
  /// Rows with fewer tokens do not count: their maps look alike.
  public static let leastLength = 8

  /// The heads.
  public let heads: HeadSelection
  /// The shares of the classes; `column` finds one.
  public private(set) var classes: RowSums
  /// The features, three columns a head: vertical, diagonal and block.
  public private(set) var features: RowSums
  /// How many rows were too short.
  public private(set) var short = 0
  /// How many rows had more than one segment.
  public private(set) var segmented = 0

  /// Nothing yet, of so many rows.
  public init(rows: Int, heads: HeadSelection) {
    self.heads = heads
    classes = RowSums(rows: rows, columns: heads.count * PatternClass.allCases.count)
    features = RowSums(rows: rows, columns: heads.count * 3)
  }

  /// The column of a head and a class.
  public func column(_ head: Int, _ kind: PatternClass) -> Int {
    head * PatternClass.allCases.count + (PatternClass.allCases.firstIndex(of: kind) ?? 0)
  }

  /// The class that most maps of a head have; nil where no row was long enough.
  public func commonest(_ head: Int) -> PatternClass? {
    let shares = PatternClass.allCases.map { (kind: $0, share: classes.mean(column(head, $0))) }
    return shares.filter { !$0.share.isNaN }.max { $0.share < $1.share }?.kind
  }

  /// Adds a row.
  public mutating func add(_ row: AttentionRow) {
    guard row.queries.count >= Self.leastLength else {
      short += 1
      return
    }
    let segments = row.segments
    if segments != nil { segmented += 1 }
    for layer in heads.layers {
      let supports = (0..<row.queries.count).map {
        row.support(of: $0, head: layer.range.lowerBound)
      }
      let chance = PatternFeatures.Raw(
        Matrix(uniformOver: supports, columns: row.keys.count), supports, segments)
      for head in layer.range {
        let found = PatternFeatures(
          row.pattern(head), chance: chance, supports: supports, segments: segments)
        for kind in PatternClass.allCases {
          classes.add(kind == found.kind ? 1 : 0, row: row.index, column: column(head, kind))
        }
        for (place, value) in [found.vertical, found.diagonal, found.block].enumerated()
        where !value.isNaN {
          features.add(value, row: row.index, column: head * 3 + place)
        }
      }
    }
  }
}

extension AttentionRow {
  /// The segment of each token: which text of a pair, or which sentence of a text; nil where there is
  /// one.
  ///
  /// A special token belongs to the segment before it.
  var segments: [Int]? {
    var segments: [Int] = []
    let isSource = row.row.source == nil || heads.stack == .encoder
    let words = isSource ? row.text.words : row.text.targetWords
    for (position, token) in queries.tokens.enumerated() {
      if token.origin == .pair || token.type > 0 {
        segments.append(-1)
      } else if let word = queries.words[position], word < words.count {
        segments.append(words[word].sentence)
      } else {
        segments.append(segments.last ?? 0)
      }
    }
    return Set(segments).count > 1 ? segments : nil
  }
}
