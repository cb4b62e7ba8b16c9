import Faults
import Statistics
import Tensors
import Transformers

/// How heads of two checkpoints of one architecture differ on the same texts: the cosine of the
/// flattened maps of each text (Kovaleva et al., 2019).
public struct HeadChanges: Sendable {
  /// The heads.
  public let heads: HeadSelection
  /// The cosines of each head's own maps before and after, one column a head.
  public private(set) var own: RowSums
  /// The cosines with the maps after of the other heads of its layer, one column a head: what heads
  /// have in common that are not the same.
  public private(set) var others: RowSums

  /// Compares two models.
  ///
  /// - Parameters:
  ///   - rows: The texts, which both models must read as the same tokens.
  ///   - progress: Called with the number of finished rows.
  /// - Throws: `Fault` when the models do not have the same heads, and as `attention`.
  public init(
    before: Experiment, after: Experiment, over rows: [AnnotatedRow], heads: HeadSelection,
    memory: Int = 1 << 26, progress: (Int) throws(Fault) -> Void = { _ in }
  ) throws(Fault) {
    guard try HeadSelection(heads.heads.map(\.address), in: after.model.description) == heads else {
      throw Fault(
        "different-models", "\(before.model.name) and \(after.model.name) have different heads",
        help: "compare checkpoints of one architecture")
    }
    self.heads = heads
    own = RowSums(rows: rows.count, columns: heads.count)
    others = own
    var done = 0
    while done < rows.count {
      try progress(done)
      // As many rows as the patterns of one model may stay in memory.
      var chosen: [AnnotatedRow] = []
      var bytes = 0
      for row in rows[done...] {
        bytes += row.tokens(of: heads.stack).count * row.tokens.count * heads.count * 8
        if !chosen.isEmpty, bytes > memory { break }
        chosen.append(row)
      }
      var maps: [Int: [Matrix]] = [:]
      try before.attention(over: chosen, heads: heads) { row in
        maps[row.index] = (0..<heads.count).map(row.pattern)
      }
      try after.attention(over: chosen, heads: heads) { row in
        guard let old = maps[row.index] else { return }
        add(old, (0..<heads.count).map(row.pattern), row: done + row.index)
      }
      done += chosen.count
    }
    try progress(done)
  }

  private mutating func add(_ old: [Matrix], _ new: [Matrix], row: Int) {
    for layer in heads.layers {
      for head in layer.range {
        own.add(old[head].cosine(to: new[head]), row: row, column: head)
        for other in layer.range where other != head {
          others.add(old[head].cosine(to: new[other]), row: row, column: head)
        }
      }
    }
  }
}
