import Faults
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

  /// Some heads of one layer.
  public struct Layer: Sendable, Hashable {
    /// The layer.
    public var layer: Int
    /// The heads' numbers in it.
    public var heads: [Int]

    /// Heads of a layer.
    public init(_ layer: Int, heads: [Int]) {
      self.layer = layer
      self.heads = heads
    }
  }

  /// All heads of all layers.
  public var all: [Layer] { heads.enumerated().map { Layer($0, heads: Array(0..<$1)) } }

  /// What an attention of a layer does.
  public func attention(layer: Int, in model: ModelDescription) -> AttentionDescription {
    model.attention(at: site(layer: layer))
  }

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
  /// How many bytes of captured values one pass keeps at most, unless a single layer has more.
  private static let mostBytes = 256 << 20

  /// Hands over values of a prompt, layer by layer, each row by row.
  ///
  /// Values are kept for as many layers at once as memory allows; each further pass runs the layers
  /// before again.
  private func eachLayer(
    _ layers: [Int], of row: PromptRow, layerBytes: Int, sites: (Int) -> [Site],
    _ visit: (Int, [[Float]]) throws(Fault) -> Void
  ) throws(Fault) {
    for layers in layers.chunked(max(1, Self.mostBytes / max(1, layerBytes))) {
      let captures = layers.map { layer in sites(layer).map { Capture(site: $0) } }
      let result = try run([row], captures: captures.flatMap { $0 })
      for (layer, captures) in zip(layers, captures) {
        try visit(
          layer,
          captures.map { capture throws(Fault) in
            guard let tensor = result.captured[capture] else {
              throw Fault(
                "not-captured", "the run did not reach \(capture.site.kind) of layer \(layer)")
            }
            return tensor.cast(to: Float.self).elements
          })
      }
    }
  }

  /// Hands over the patterns of a prompt, layer by layer: [head, query, key], row by row.
  public func eachPattern(
    of row: PromptRow, on side: AttentionSide, layers: [Int],
    _ visit: (Int, [Float]) throws(Fault) -> Void
  ) throws(Fault) {
    let queries = row.extent(of: side.site(layer: 0), in: model.description).count
    let keys = row.keys(of: side.site(layer: 0)).count
    try eachLayer(
      layers, of: row, layerBytes: 4 * (side.heads.max() ?? 1) * queries * keys,
      sites: { [side.site(layer: $0)] }
    ) { layer, values throws(Fault) in
      try visit(layer, values[0])
    }
  }

  /// Hands over what scores are products of, layer by layer, row by row: queries as
  /// [position, head, width] and keys as [position, group, width], both rotated where the model
  /// rotates them.
  public func eachQueryAndKey(
    of row: PromptRow, on side: AttentionSide, layers: [Int],
    _ visit: (Int, _ queries: [Float], _ keys: [Float]) throws(Fault) -> Void
  ) throws(Fault) {
    let description = model.description
    let tokens = row.count + (row.source?.count ?? 0)
    let width = layers.map { layer in
      let attention = side.attention(layer: layer, in: description)
      return (attention.heads + attention.groups) * attention.headWidth
    }
    try eachLayer(
      layers, of: row, layerBytes: 4 * tokens * (width.max() ?? 1),
      sites: { layer in
        let isRotated = side.attention(layer: layer, in: description).rotary != nil
        let own: [Site.Kind] = isRotated ? [.rotQ, .rotK] : [.q, .k]
        let kinds: [Site.Kind] = side.isCross ? [.crossQ, .crossK] : own
        return kinds.map { Site($0, layer: layer, stack: side.stack) }
      }
    ) { layer, values throws(Fault) in
      try visit(layer, values[0], values[1])
    }
  }

  /// What a metric is, and how it changes when each of some heads is set to zero alone, by layer
  /// and head.
  ///
  /// - Parameter progress: Called with how many heads are done.
  /// - Throws: `Fault` when the prompt does not have the metric, and when the user stops.
  public func headChanges(
    of metric: Metric, on row: PromptRow, side: AttentionSide, layers: [AttentionSide.Layer],
    progress: (Int) throws(Fault) -> Void
  ) throws(Fault) -> (baseline: Double, changes: [[Double]]) {
    let variants = layers.flatMap { layer in
      layer.heads.map { head in
        let address = side.address(layer: layer.layer, head: head, in: model.description)
        return Sweep.Variant(
          label: address.description, interventions: [Intervention(.zero, at: address)])
      }
    }
    let sweep = Sweep(self, rows: [row], variants: variants, metrics: [metric])
    let found = try sweep.run { done, _ throws(Fault) in try progress(done) }
    guard let result = found.first else { return (.nan, []) }
    var values = result.values[...]
    let changes = layers.map { layer in
      defer { values = values.dropFirst(layer.heads.count) }
      return values.prefix(layer.heads.count).map { $0 - result.baseline }
    }
    return (result.baseline, changes)
  }
}
