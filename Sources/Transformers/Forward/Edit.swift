import Tensors

/// Which positions of a row an edit or a capture is for, counted in the row's own tokens.
public enum PositionSet: Sendable, Hashable {
  /// Every position, also those that generation adds.
  case all
  /// Every position from this one on.
  case from(Int)
  /// Every position before this one.
  case before(Int)
  /// These, in the order in which values for them are given.
  case list([Int])

  /// The positions that lie in a chunk, and where each stands in the list that names them.
  func places(in chunk: Range<Int>) -> [(position: Int, source: Int)] {
    switch self {
    case .all: chunk.map { ($0, $0) }
    case .from(let first): chunk.filter { $0 >= first }.map { ($0, $0) }
    case .before(let end): chunk.filter { $0 < end }.map { ($0, $0) }
    case .list(let list):
      list.enumerated().compactMap { chunk.contains($1) ? ($1, $0) : nil }
    }
  }
}

/// A change of one value inside the forward pass: the primitive that interventions become.
///
/// An edit holds for positions, not for passes over them: whether positions are run at once or one
/// by one with a cache makes no difference.
public struct Edit: Sendable {
  /// Whose receipt it writes in.
  public var id: Int
  /// The value that it changes.
  public var site: Site
  /// The row of the batch that it holds for, or nil for every row.
  public var row: Int?
  /// The heads, groups, neurons or vocabulary columns, or nil for all.
  public var components: [Int]?
  /// The positions (queries, where the value is pairwise).
  public var positions: PositionSet
  /// What happens there.
  public var action: Action

  /// What happens to the numbers.
  public enum Action: Sendable {
    /// They become zero.
    case zero
    /// They are multiplied.
    case scale(Double)
    /// They are replaced by [position, rest…], one entry of the first axis for each listed position;
    /// a first axis of one entry holds for every position. For a pairwise value, [head, query, key].
    case write(AnyTensor)
    /// `by` times these numbers is added; shaped as for `write`.
    case add(AnyTensor, by: Double)
    /// The scores of these keys become -infinity. With `sparingSelf`, a token still sees itself.
    case hide(keys: [Int], sparingSelf: Bool)
  }

  /// A change from its parts.
  public init(
    id: Int, site: Site, row: Int? = nil, components: [Int]? = nil, positions: PositionSet = .all,
    action: Action
  ) {
    self.id = id
    self.site = site
    self.row = row
    self.components = components
    self.positions = positions
    self.action = action
  }
}

/// What an edit did in a run.
public struct Firing: Sendable, Equatable {
  /// How many times it changed a value: once for each row, layer and pass.
  public var times = 0
  /// How many numbers it touched.
  public var entries = 0
  /// The square of the length of the change, summed over the touched numbers that were finite.
  public var squaredChange = 0.0

  /// No firing yet.
  public init() {}
}

/// A value that somebody asked for.
public struct Capture: Sendable, Hashable {
  /// The value.
  public var site: Site
  /// The row of the batch.
  public var row: Int
  /// The heads, groups, neurons or vocabulary columns, or nil for all.
  public var components: [Int]?
  /// The positions (queries, where the value is pairwise), or nil for all of the row's own.
  public var positions: [Int]?

  /// A request from its parts.
  public init(site: Site, row: Int = 0, components: [Int]? = nil, positions: [Int]? = nil) {
    self.site = site
    self.row = row
    self.components = components
    self.positions = positions
  }
}
