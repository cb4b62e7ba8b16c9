import Statistics

/// How much of their attention heads give to chosen tokens (Clark et al., 2019).
///
/// A number is the mean, over the queries that count, of what each gives to all keys of the target
/// together. For a target that moves with the query (the token before, the next one) the queries that
/// have no such token do not count; neither do, in a causal model, those that may not see it.
public struct AttentionMass: Sendable {
  /// The heads.
  public let heads: HeadSelection
  /// The targets.
  public let targets: [AttentionTarget]
  /// What becomes of special tokens.
  public let special: SpecialTokenRule
  /// Which queries count.
  public let source: AttentionSource
  /// Whether queries that have no token at a target that moves count as those that give it nothing.
  ///
  /// The notebook of Clark et al. (2019) divides sums by all tokens.
  public let isReleased: Bool
  /// What heads give to targets; `column` finds one.
  public private(set) var given: RowSums
  /// What they would give if each query treated all keys alike.
  public private(set) var uniform: RowSums
  /// How much attention went to special tokens that were left out, one column a head.
  public private(set) var dropped: RowSums

  /// Nothing yet, of so many rows.
  public init(
    rows: Int, heads: HeadSelection, targets: [AttentionTarget], special: SpecialTokenRule = .keep,
    from source: AttentionSource = .all, isReleased: Bool = false
  ) {
    self.heads = heads
    self.targets = targets
    self.special = special
    self.source = source
    self.isReleased = isReleased
    given = RowSums(rows: rows, columns: heads.count * targets.count)
    uniform = given
    dropped = RowSums(rows: rows, columns: heads.count)
  }

  /// The column of a head and a target.
  public func column(_ head: Int, _ target: Int) -> Int { head * targets.count + target }

  /// Adds a row.
  public mutating func add(_ row: AttentionRow) {
    for layer in heads.layers {
      let frame = row.frame(special, head: layer.range.lowerBound)
      let counts = frame.queries.map { source.contains($0, of: row.queries) }
      let even = targets.map { $0.mass(frame.uniform, row, frame) }
      for head in layer.range {
        let (view, lost) = frame.view(of: row.pattern(head))
        for (query, isCounted) in counts.enumerated() where isCounted {
          dropped.add(lost[query], row: row.index, column: head)
        }
        for (place, target) in targets.enumerated() {
          let column = column(head, place)
          let mass = target.mass(view, row, frame)
          for (query, isCounted) in counts.enumerated() where isCounted {
            guard let value = mass[query] ?? (isReleased ? 0 : nil),
              let null = even[place][query] ?? (isReleased ? 0 : nil)
            else { continue }
            given.add(value, row: row.index, column: column)
            if value.isFinite { uniform.add(null, row: row.index, column: column) }
          }
        }
      }
    }
  }
}
