import Tensors
import Transformers

/// One attention of a model: of the tokens of a side to each other, or of a decoder's to a source.
public struct AttentionSide: Sendable, Hashable {
  /// The side whose tokens attend.
  public var stack: Stack
  /// Whether they attend to the encoder's output.
  public var isCross: Bool
  /// The heads of each layer.
  public var heads: [Int]

  /// The value that holds a layer's patterns, [row, head, query, key].
  public func site(layer: Int) -> Site {
    Site(isCross ? .crossPattern : .pattern, layer: layer, stack: stack)
  }

  /// A head's output, as a place for interventions.
  public func address(layer: Int, head: Int, in model: ModelDescription) -> Address {
    Address(
      stack: model.addressed(stack), layers: .one(layer),
      part: .head(.one(head), .out, cross: isCross))
  }
}

extension ModelDescription {
  /// The attentions that a model has, in the order in which they run.
  public var attentionSides: [AttentionSide] {
    var sides = stacks.map { stack in
      AttentionSide(
        stack: stack, isCross: false, heads: blocks(of: stack).map(\.attention.heads))
    }
    let cross = blocks.compactMap(\.cross?.attention.heads)
    if !cross.isEmpty { sides.append(AttentionSide(stack: .decoder, isCross: true, heads: cross)) }
    return sides
  }
}

extension Experiment {
  /// How many bytes of patterns one pass keeps at most, unless a single layer has more.
  private static let mostPatternBytes = 256 << 20

  /// Hands over the patterns of a prompt, layer by layer: [head, query, key], row by row.
  ///
  /// Patterns are kept for as many layers at once as memory allows; each further pass runs the layers
  /// before again.
  public func eachPattern(
    of row: PromptRow, on side: AttentionSide,
    _ visit: (Int, [Float]) throws(ModelError) -> Void
  ) throws(ModelError) {
    let queries = row.extent(of: side.site(layer: 0), in: model.description).count
    let keys = row.keys(of: side.site(layer: 0)).count
    let layerBytes = 4 * (side.heads.max() ?? 1) * queries * keys
    let together = max(1, Self.mostPatternBytes / max(1, layerBytes))
    for layers in Array(side.heads.indices).chunked(together) {
      let captures = layers.map { Capture(site: side.site(layer: $0)) }
      let result = try run([row], captures: captures)
      for (layer, capture) in zip(layers, captures) {
        guard let tensor = result.captured[capture] else {
          throw ModelError("not-captured", "the run did not reach the patterns of layer \(layer)")
        }
        try visit(layer, tensor.cast(to: Float.self).elements)
      }
    }
  }

  /// What a metric is, and how it changes when each head of a side is set to zero alone, by layer
  /// and head.
  ///
  /// - Parameter progress: Called with how many heads are done.
  /// - Throws: `ModelError` when the prompt does not have the metric, and when the user stops.
  public func headChanges(
    of metric: Metric, on row: PromptRow, side: AttentionSide,
    progress: (Int) throws(ModelError) -> Void
  ) throws(ModelError) -> (baseline: Double, changes: [[Double]]) {
    let variants = side.heads.enumerated().flatMap { layer, count in
      (0..<count).map { head in
        let address = side.address(layer: layer, head: head, in: model.description)
        return Sweep.Variant(
          label: address.description, interventions: [Intervention(.zero, at: address)])
      }
    }
    let sweep = Sweep(self, rows: [row], variants: variants, metric: metric)
    let result = try sweep.run(progress: progress)
    var values = result.values[...]
    let changes = side.heads.map { count in
      defer { values = values.dropFirst(count) }
      return values.prefix(count).map { $0 - result.baseline }
    }
    return (result.baseline, changes)
  }
}
