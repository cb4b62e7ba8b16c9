import Faults
import Tensors

/// What goes into a run: one or more rows of token ids, of any lengths; for a model with two stacks,
/// a source for each row as well.
///
/// Rows are padded on the right inside the run; padding is never attended to and never shown.
/// Positions count each row's own tokens.
public struct Batch: Sendable, Equatable {
  /// Token ids, one list for each row.
  public var ids: [[Int]]
  /// Segment ids, one for each token, or nil for all zero.
  public var segments: [[Int]]?
  /// Source ids, one list for each row, for a model with two stacks.
  public var source: [[Int]]?
  /// Images, one for each row, for a model that reads images; there are no ids then.
  public var images: [Tensor<Float>]?

  /// Rows of ids, and of segments where the model has them.
  public init(ids: [[Int]], segments: [[Int]]? = nil) {
    self.ids = ids
    self.segments = segments
  }

  /// Images, each [channel, height, width] with the values that the model expects, for a model that
  /// reads images.
  public init(images: [Tensor<Float>]) {
    self.images = images
    ids = images.map { _ in [] }
  }

  /// Rows of source ids, which the encoder reads, and of the ids that the decoder has so far.
  public init(source: [[Int]], ids: [[Int]]) {
    self.source = source
    self.ids = ids
  }

  /// The only row of the batch, with other ids for the (decoder's) stack.
  func with(ids: [Int]) -> Batch {
    var batch = self
    batch.ids = [ids]
    return batch
  }

  /// How many rows there are.
  public var rowCount: Int { ids.count }

  /// How many tokens each row has, of a decoder's where there are two stacks.
  public func tokenCounts(for model: ModelDescription) -> [Int] {
    if let patches = model.embedding.patches { return ids.map { _ in patches.tokenCount } }
    return ids.map(\.count)
  }

  /// Whether both have the same rows.
  public static func == (one: Batch, other: Batch) -> Bool {
    one.ids == other.ids && one.segments == other.segments && one.source == other.source
      && one.images?.map(\.shape) == other.images?.map(\.shape)
      && one.images?.map(\.elements) == other.images?.map(\.elements)
  }

  /// Checks the rows against a model.
  ///
  /// - Throws: `Fault` that names the row and what is wrong with it.
  public func check(for model: ModelDescription, startingAt starts: [Int]? = nil) throws(Fault) {
    guard !ids.isEmpty else {
      throw Fault("empty-prompt", "there is no row to run")
    }
    if let patches = model.embedding.patches {
      try checkImages(patches)
      return
    }
    guard images == nil else {
      throw Fault(
        "wrong-image", "this model reads text, and was given an image",
        help: "make a prompt of a text:   prompt \"…\"")
    }
    try check(ids, "", model, model.contextLength, starts)
    try checkSource(for: model)
    try checkSegments(for: model)
  }

  private func checkImages(_ patches: PatchDescription) throws(Fault) {
    guard let images else {
      throw Fault(
        "wrong-image", "this model reads images, and was given ids",
        help: "make a prompt of an image:   prompt image: (read_tensor \"image.npy\")")
    }
    for (row, image) in images.enumerated() {
      let place = images.count == 1 ? "the image" : "image \(row)"
      guard image.shape == patches.imageShape else {
        throw Fault(
          "wrong-image",
          "\(place) has the shape \(image.shape), the model takes "
            + "\(patches.imageShape)",
          help: "its axes are channel, height and width")
      }
      guard image.elements.allSatisfy(\.isFinite) else {
        throw Fault(
          "wrong-image", "\(place) holds something that is not a number",
          help: "look for NaN and infinities in it")
      }
    }
  }

  private func checkSource(for model: ModelDescription) throws(Fault) {
    switch (model.encoder, source) {
    case (nil, nil): return
    case (nil, _?):
      throw Fault(
        "wrong-source", "this model has one stack of layers: it reads no source",
        help: "give the whole text as one prompt")
    case (_?, nil):
      throw Fault(
        "wrong-source", "this model reads a source, and there is none",
        help: "make a prompt of the source text:   prompt \"…\"")
    case (_?, let source?):
      guard source.count == ids.count else {
        throw Fault(
          "wrong-source", "there are \(ids.count) rows but \(source.count) sources")
      }
      try check(source, " of the source", model, model.contextLength, nil)
    }
  }

  private func check(
    _ rows: [[Int]], _ side: String, _ model: ModelDescription, _ limit: Int?, _ starts: [Int]?
  ) throws(Fault) {
    for (row, tokens) in rows.enumerated() {
      let place = (rows.count == 1 ? "the prompt" : "row \(row)") + side
      guard !tokens.isEmpty else {
        throw Fault(
          "empty-prompt", "\(place) has no tokens",
          help: "a model needs at least one token to read")
      }
      if let bad = tokens.first(where: { !(0..<model.vocabularySize).contains($0) }) {
        throw Fault(
          "token-out-of-range", "\(place) has the token id \(bad), which the model does not know",
          help: "ids go from 0 to \(model.vocabularySize - 1)")
      }
      let length = tokens.count + (starts?[row] ?? 0)
      if let limit, length > limit {
        throw Fault(
          "context-too-long", "\(place) has \(length) tokens, the model takes \(limit)",
          help: "shorten the text")
      }
    }
  }

  private func checkSegments(for model: ModelDescription) throws(Fault) {
    guard let segments else { return }
    let count = model.embedding.segmentCount ?? 1
    for (row, (types, tokens)) in zip(segments, ids).enumerated() {
      guard types.count == tokens.count else {
        throw Fault(
          "wrong-segments", "row \(row) has \(tokens.count) tokens but \(types.count) segment ids")
      }
      if let bad = types.first(where: { !(0..<count).contains($0) }) {
        throw Fault(
          "wrong-segments", "row \(row) has the segment id \(bad), which the model does not know",
          help: count == 1
            ? "this model has no segments: leave types out" : "segments go from 0 to \(count - 1)")
      }
    }
  }
}
