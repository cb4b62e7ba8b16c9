/// A way of writing that people bring from elsewhere, and how the same is written here.
struct Habit: Sendable {
  /// What a habit changes in a line.
  struct Change {
    var edits: [Edit]
    /// What is wrong, where the diagnostic's own words say something else; and where.
    var headline: String?
    var spot: Span?

    init(_ edits: [Edit], _ headline: String? = nil, at spot: Span? = nil) {
      self.edits = edits
      self.headline = headline
      self.spot = spot
    }
  }

  /// The changes to a line; nil where the habit does not show in it.
  let change: @Sendable (FaultyLine) -> Change?

  init(_ change: @escaping @Sendable (FaultyLine) -> Change?) { self.change = change }

  /// All of them: those before count where two would change the same place.
  static let all: [Habit] =
    [Habit(comment)] + bindings + bodies + arguments + words + signs + [Habit(quotes)]
}
