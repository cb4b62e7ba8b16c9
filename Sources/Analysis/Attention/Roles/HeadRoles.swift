import Faults
import Statistics
import Tensors
import Transformers

/// Which roles heads have: one row a head, with the evidence for each role.
public struct HeadRoles: Sendable {
  /// The heads with what they do.
  public let heads: [RoledHead]
  /// Roles that could not be looked for, each with the reason.
  public let missing: [String]

  /// Looks at heads over a corpus, and over repeated random tokens that are made of its tokens.
  ///
  /// - Parameters:
  ///   - repeats: How many rows of repeated tokens.
  ///   - least: Relations that occur less often are not looked for.
  ///   - progress: Called with the number of finished rows, of the corpus' and of `repeats` together.
  /// - Throws: `Fault` as `Experiment.attention`.
  public init(
    _ experiment: Experiment, over rows: [AnnotatedRow], heads: HeadSelection, repeats: Int = 12,
    least: Int = WordCases.many, seed: UInt64,
    progress: (Int) throws(Fault) -> Void = { _ in }
  ) throws(Fault) {
    var seen = Detectors(rows, heads)
    try experiment.attention(over: rows, heads: heads, progress: progress) { seen.add($0) }
    var repetition: RepetitionHeads?
    if !heads.isCross {
      let made = RepeatedTokens(
        like: rows, for: experiment.model.description, count: repeats, seed: seed)
      if !made.rows.isEmpty {
        var found = RepetitionHeads(rows: made.rows.count, heads: heads)
        try experiment.attention(
          over: made.rows, heads: heads,
          progress: { done throws(Fault) in try progress(rows.count + done) }
        ) { found.add($0) }
        repetition = found
      }
    }
    let table = EvidenceTable(seen, repetition, least: least, seed: seed)
    self.heads = heads.heads.enumerated().map { place, head in
      RoledHead(head: head, evidence: table.evidence(of: place))
    }
    missing = table.missing
  }

  /// Everything that one pass over the corpus feeds.
  struct Detectors {
    static let targets: [AttentionTarget] = [.offset(0), .offset(-1), .offset(1), .first, .special]

    let heads: HeadSelection
    var mass: AttentionMass
    var entropy: AttentionEntropy
    var positions: PositionalHeads
    var rare: RareTokenHeads
    var dependencies: DependencyHeads
    var alignment: AlignmentHeads

    init(_ rows: [AnnotatedRow], _ heads: HeadSelection) {
      self.heads = heads
      mass = AttentionMass(rows: rows.count, heads: heads, targets: Self.targets)
      entropy = AttentionEntropy(rows: rows.count, heads: heads)
      positions = PositionalHeads(rows: rows.count, heads: heads)
      rare = RareTokenHeads(rows, heads: heads)
      dependencies = DependencyHeads(rows: rows.count, heads: heads)
      alignment = AlignmentHeads(rows: rows.count, heads: heads)
    }

    mutating func add(_ row: AttentionRow) {
      mass.add(row)
      entropy.add(row)
      positions.add(row)
      rare.add(row)
      dependencies.add(row)
      alignment.add(row)
    }
  }
}
