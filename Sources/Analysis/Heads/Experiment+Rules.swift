import Faults
import Tensors
import Transformers

/// Which queries and keys of a row count: what `AttentionRow.frame` gives under some rule for special
/// tokens.
public typealias AttentionFraming = @Sendable (AttentionRow) -> AttentionFrame

/// What heads listen to over texts: rules, classes, and what decides their scores.
public struct HeadListening: Sendable {
  /// By which rules heads choose what they look at.
  public let rules: CommunicationRules
  /// How much classes of queries tell about those of keys, a head each.
  public let information: [ClassInformation]
  /// What decides scores, a head each.
  public let variance: [ScoreVariance]
}

extension Experiment {
  /// What heads listen to over texts.
  ///
  /// - Parameters:
  ///   - heads: Heads of one attention.
  ///   - classes: What tokens are sorted by.
  ///   - framing: Which queries and keys of a row count.
  ///   - progress: Called with the number of finished texts; what it throws stops the run.
  /// - Throws: `Fault` as `attention`.
  public func listening(
    of heads: HeadSelection, over rows: [AnnotatedRow], classes: TokenClass,
    framing: @escaping AttentionFraming = { $0.frame(.keep) }, seed: UInt64,
    progress: (Int) throws(Fault) -> Void = { _ in }
  ) throws(Fault) -> HeadListening {
    var information = ClassSums(heads, by: classes, rows: rows, framing: framing, seed: seed)
    var scores = ScoreSums(heads, rows: rows, framing: framing, seed: seed)
    let rules = try self.rules(
      of: heads, over: rows, framing: framing, seed: seed, progress: progress
    ) { row in
      information.add(row)
      scores.add(row)
    }
    return HeadListening(
      rules: rules, information: information.results(),
      variance: try scores.results { () throws(Fault) in try progress(rows.count) })
  }

  /// The rules alone by which heads choose what they look at over texts.
  ///
  /// - Parameter body: Gets the rows of attention too.
  /// - Throws: `Fault` as `attention`.
  public func rules(
    of heads: HeadSelection, over rows: [AnnotatedRow],
    framing: @escaping AttentionFraming = { $0.frame(.keep) }, seed: UInt64,
    progress: (Int) throws(Fault) -> Void = { _ in },
    _ body: (AttentionRow) -> Void = { _ in }
  ) throws(Fault) -> CommunicationRules {
    var sums = RuleSums(heads, framing: framing, seed: seed)
    try attention(over: rows, heads: heads, progress: progress) { row in
      sums.add(row)
      body(row)
    }
    return try sums.result(texts: rows.count, seed: seed) { () throws(Fault) in
      try progress(rows.count)
    }
  }
}

extension TokenClass {
  /// The part of speech where the texts have it, else how often tokens come.
  public static func best(for rows: [AnnotatedRow]) -> TokenClass {
    let isKnown = rows.contains { row in row.text.words.contains { $0.partOfSpeech != nil } }
    return isKnown ? .partOfSpeech : .frequency
  }
}
