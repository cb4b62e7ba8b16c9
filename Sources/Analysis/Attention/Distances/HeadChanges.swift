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
  /// For each layer of the selection the sums over texts of all cosines, heads before × heads after,
  /// and how many texts have one.
  private var pairs: [(sums: Matrix, counts: Matrix)]

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
    pairs = heads.layers.map { layer in
      let none = Matrix(zeros: layer.range.count, layer.range.count)
      return (none, none)
    }
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
    for (place, layer) in heads.layers.enumerated() {
      let first = layer.range.lowerBound
      for head in layer.range {
        for other in layer.range {
          let cosine = old[head].cosine(to: new[other])
          if other == head {
            own.add(cosine, row: row, column: head)
          } else {
            others.add(cosine, row: row, column: head)
          }
          guard cosine.isFinite else { continue }
          pairs[place].sums[head - first, other - first] += cosine
          pairs[place].counts[head - first, other - first] += 1
        }
      }
    }
  }

  /// For each head how often heads after that are dealt anew to those before, inside the layer, are as
  /// like these on average (one-sided), corrected over the layers; NaN in layers of one head.
  ///
  /// Heads are what is matched, so heads are exchanged: two checkpoints that have nothing to do with
  /// each other have like maps on every text, and more texts must not make a match of that. The orders
  /// of a layer of H heads are H!, all of which are taken where there are no more than 5040.
  public func matches(seed: UInt64) -> [Double] {
    let lines = heads.layers.count
    let p = heads.layers.indices.map { place in
      match(pairs[place].sums, pairs[place].counts, lines: lines, seed: seed)
    }
    let corrected = BenjaminiHochberg.adjusted(p)
    return zip(heads.layers, corrected).flatMap { layer, p in layer.range.map { _ in p } }
  }

  private func match(_ sums: Matrix, _ counts: Matrix, lines: Int, seed: UInt64) -> Double {
    guard sums.rows > 1 else { return .nan }
    func mean(_ order: [Int]) -> Double {
      order.indices.reduce(0) { $0 + sums[$1, order[$1]] / counts[$1, order[$1]] }
        / Double(order.count)
    }
    let count = sums.rows
    guard count <= 7 else {
      return PermutationTest.run(
        count: count, permutations: PermutationTest.permutations(lines: lines), seed: seed,
        statistic: mean
      ).p
    }
    let observed = mean(Array(0..<count))
    let all = Array(0..<count).orders.map(mean)
    guard !observed.isNaN else { return .nan }
    let slack = 1e-12
    return Double(all.count { $0 >= observed - slack }) / Double(all.count)
  }
}

extension [Int] {
  /// All orders of the elements.
  fileprivate var orders: [[Int]] {
    guard count > 1 else { return [self] }
    return indices.flatMap { place -> [[Int]] in
      var rest = self
      let first = rest.remove(at: place)
      return rest.orders.map { [first] + $0 }
    }
  }
}
