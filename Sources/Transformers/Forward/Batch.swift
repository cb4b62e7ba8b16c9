/// What goes into a run: one or more rows of token ids, of any lengths.
///
/// Rows are padded on the right inside the run; padding is never attended to and never shown.
/// Positions count each row's own tokens.
public struct Batch: Sendable, Equatable {
  /// Token ids, one list for each row.
  public var ids: [[Int]]
  /// Segment ids, one for each token, or nil for all zero.
  public var segments: [[Int]]?

  /// Rows of ids, and of segments where the model has them.
  public init(ids: [[Int]], segments: [[Int]]? = nil) {
    self.ids = ids
    self.segments = segments
  }

  /// The length of the longest row.
  public var width: Int { ids.map(\.count).max() ?? 0 }

  /// Checks the rows against a model.
  ///
  /// - Throws: `ModelError` that names the row and what is wrong with it.
  public func check(for model: ModelDescription, startingAt starts: [Int]? = nil) throws(ModelError)
  {
    guard !ids.isEmpty else {
      throw ModelError("empty-prompt", "there is no row to run")
    }
    for (row, tokens) in ids.enumerated() {
      let place = ids.count == 1 ? "the prompt" : "row \(row)"
      guard !tokens.isEmpty else {
        throw ModelError(
          "empty-prompt", "\(place) has no tokens",
          help: "a model needs at least one token to read")
      }
      if let bad = tokens.first(where: { !(0..<model.vocabularySize).contains($0) }) {
        throw ModelError(
          "token-out-of-range", "\(place) has the token id \(bad), which the model does not know",
          help: "ids go from 0 to \(model.vocabularySize - 1)")
      }
      let length = tokens.count + (starts?[row] ?? 0)
      if let limit = model.contextLength, length > limit {
        throw ModelError(
          "context-too-long", "\(place) has \(length) tokens, the model takes \(limit)",
          help: "shorten the text")
      }
    }
    try checkSegments(for: model)
  }

  private func checkSegments(for model: ModelDescription) throws(ModelError) {
    guard let segments else { return }
    let count = model.embedding.segmentCount ?? 1
    for (row, (types, tokens)) in zip(segments, ids).enumerated() {
      guard types.count == tokens.count else {
        throw ModelError(
          "wrong-segments", "row \(row) has \(tokens.count) tokens but \(types.count) segment ids")
      }
      if let bad = types.first(where: { !(0..<count).contains($0) }) {
        throw ModelError(
          "wrong-segments", "row \(row) has the segment id \(bad), which the model does not know",
          help: count == 1
            ? "this model has no segments: leave types out" : "segments go from 0 to \(count - 1)")
      }
    }
  }
}
