/// The live part of one row of a batch.
public struct RowSpan: Sendable, Hashable {
  /// The absolute position of the first live query.
  public var queryStart: Int
  /// How many queries are live; the row is padded behind them.
  public var queryCount: Int
  /// How many keys are live, from position 0 on.
  public var keyCount: Int

  /// A row's span; `queryStart` is the number of tokens that came before this call.
  public init(queryStart: Int, queryCount: Int, keyCount: Int) {
    self.queryStart = queryStart
    self.queryCount = queryCount
    self.keyCount = keyCount
  }
}

/// One attention call: its sizes, its masks, and what is done to the scores before the softmax.
///
/// A score is `scale · q·k`, then soft-capped, then biased, then masked, in this order.
public struct AttentionPlan<E: Scalar>: Sendable {
  /// Query heads.
  public var heads: Int
  /// Key/value heads; query head `h` reads group `h / (heads / groups)`.
  public var groups: Int
  /// Coordinates of a head.
  public var headWidth: Int
  /// What a score is multiplied by.
  public var scale: E
  /// `cap · tanh(score / cap)`, when set (Gemma 2).
  public var softCap: E?
  /// Whether a query sees only keys at or before its own position.
  public var causal: Bool
  /// When set, query `i` sees key `j` only if `i - j < window`.
  public var window: Int?
  /// When set, `slopes[head] · (j - i)` is added (ALiBi; Press, Smith and Lewis, 2022).
  public var slopes: [E]?
  /// When set, it is added: `[head, query, key]` or `[row, head, query, key]`, where `query` counts
  /// from the row's first live query and `key` from position 0.
  ///
  /// It covers all live ones.
  public var positionBias: Tensor<E>?
  /// The live part of each row.
  public var rows: [RowSpan]

  /// A plan; see the properties.
  public init(
    heads: Int, groups: Int, headWidth: Int, scale: E, softCap: E? = nil, causal: Bool,
    window: Int? = nil, slopes: [E]? = nil, positionBias: Tensor<E>? = nil, rows: [RowSpan]
  ) {
    self.heads = heads
    self.groups = groups
    self.headWidth = headWidth
    self.scale = scale
    self.softCap = softCap
    self.causal = causal
    self.window = window
    self.slopes = slopes
    self.positionBias = positionBias
    self.rows = rows
  }
}

extension AttentionPlan {
  /// The keys that the query at absolute position `query` of `row` sees; possibly none.
  @inline(__always)
  func visible(_ query: Int, _ row: RowSpan) -> Range<Int> {
    let end = causal ? min(query + 1, row.keyCount) : row.keyCount
    let start = window.map { max(0, query - $0 + 1) } ?? 0
    return start < end ? start..<end : end..<end
  }

  /// The longest row's keys: how long the last axis of a pattern is.
  var keyCount: Int { rows.reduce(0) { max($0, $1.keyCount) } }

  /// Traps unless the plan is consistent with tensors of these shapes.
  func check(queryShape: [Int]?, keyShape: [Int]?) {
    precondition(groups > 0 && heads % groups == 0, "heads are shared evenly by groups")
    if let shape = queryShape {
      precondition(
        shape.count == 4 && shape[0] == rows.count && shape[2] == heads && shape[3] == headWidth,
        "queries are [row, position, head, headWidth]")
      precondition(rows.allSatisfy { $0.queryCount <= shape[1] }, "live queries exist")
    }
    if let shape = keyShape {
      precondition(
        shape.count == 4 && shape[0] == rows.count && shape[2] == groups && shape[3] == headWidth,
        "keys and values are [row, capacity, group, headWidth]")
      precondition(rows.allSatisfy { $0.keyCount <= shape[1] }, "live keys exist")
    }
    precondition(slopes.map { $0.count == heads } ?? true, "a slope for each head")
    precondition(positionBias.map { isCovered(by: $0.shape) } ?? true, "a bias for each live pair")
  }

  /// Whether a position bias of this shape has an entry for each live query and key.
  private func isCovered(by shape: [Int]) -> Bool {
    guard shape.count == 3 || shape.count == 4 && [1, rows.count].contains(shape[0]) else {
      return false
    }
    let (head, query, key) = (shape.count - 3, shape.count - 2, shape.count - 1)
    return shape[head] == heads && rows.allSatisfy { $0.queryCount <= shape[query] }
      && keyCount <= shape[key]
  }
}
