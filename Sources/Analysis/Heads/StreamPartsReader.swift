import Faults
import Tensors
import Transformers

/// Takes the summands of a stream from a run.
struct StreamPartsReader {
  let model: ModelDescription
  let stack: Stack
  /// The first layer whose parts are not in the stream any more.
  let layer: Int
  /// Whether the stream is the one that attention to the encoder's output reads in `layer`: the
  /// layer's own attention is then in it.
  let readsBeforeCross: Bool

  /// What the run must keep.
  var captures: [Capture] {
    var sites = [Site(.embed, stack: stack)]
    if embedding.hasPositionRows { sites.append(Site(.pos, stack: stack)) }
    for layer in 0..<layer { sites += self.sites(ofBlock: layer) }
    if layer < blocks.count {
      sites.append(site(.residPre, layer))
      if readsBeforeCross { sites += [site(.headOut, layer), site(.attn, layer)] }
    } else {
      sites.append(site(.residPost, layer - 1))
    }
    return sites.map { Capture(site: $0) }
  }

  private var blocks: [BlockDescription] { model.blocks(of: stack) }

  private var embedding: EmbeddingDescription {
    stack == .encoder ? model.encoder?.embedding ?? model.embedding : model.embedding
  }

  private func site(_ kind: Site.Kind, _ layer: Int) -> Site {
    Site(kind, layer: layer, stack: stack)
  }

  private func sites(ofBlock layer: Int) -> [Site] {
    var kinds: [Site.Kind] = [.residPre, .headOut, .attn, .mlp]
    if blocks[layer].cross != nil { kinds += [.crossHeadOut, .cross] }
    return kinds.map { site($0, layer) }
  }

  /// The summands of the stream, from what the run kept.
  func parts(
    _ result: RunResult, _ weights: StreamWeights, _ types: [Int]
  ) throws(Fault) -> StreamParts {
    func value(_ site: Site) throws(Fault) -> AnyTensor {
      guard let tensor = result.captured[Capture(site: site)] else {
        throw Fault("not-captured", "the run did not reach \(site.kind)")
      }
      return tensor
    }
    let embed = try value(Site(.embed, stack: stack))
    var parts = StreamParts(positions: embed.shape[1], width: embed.shape[2])
    parts.add(.token, embed.doubles)
    if embedding.hasPositionRows {
      parts.add(.position, try value(Site(.pos, stack: stack)).doubles)
    }
    if let segments = weights.segments {
      let rows = segments.elements
      let width = parts.width
      parts.add(.segment, types.flatMap { rows[$0 * width..<($0 + 1) * width] })
    }
    if let norm = weights.embeddingNorm { parts.normalise(norm) }
    for layer in 0..<layer {
      parts.match(try value(site(.residPre, layer)))
      let block = blocks[layer]
      let norms = weights.streamNorms[layer]
      try addAttention(&parts, layer, isCross: false, value)
      if !block.isParallel {
        if let norm = norms.attention { parts.normalise(norm) }
        if block.cross != nil {
          try addAttention(&parts, layer, isCross: true, value)
          if let norm = norms.cross { parts.normalise(norm) }
        }
      }
      parts.add(
        .mlp(model.addressed(stack), layer: layer), try value(site(.mlp, layer)).doubles)
      if let norm = norms.mlp { parts.normalise(norm) }
    }
    guard layer < blocks.count else {
      parts.match(try value(site(.residPost, layer - 1)))
      return parts
    }
    parts.match(try value(site(.residPre, layer)))
    if readsBeforeCross {
      try addAttention(&parts, layer, isCross: false, value)
      if let norm = weights.streamNorms[layer].attention { parts.normalise(norm) }
    }
    return parts
  }

  /// What the heads of a layer write and what is added behind them.
  private func addAttention(
    _ parts: inout StreamParts, _ layer: Int, isCross: Bool,
    _ value: (Site) throws(Fault) -> AnyTensor
  ) throws(Fault) {
    let block = blocks[layer]
    let place = HeadPlace(
      stack: model.addressed(stack), layer: layer, head: 0, isCross: isCross)
    let whole = try value(site(isCross ? .cross : .attn, layer)).doubles
    let norm = isCross ? block.cross?.norms.output : block.attentionNorms.output
    if norm != nil {
      parts.add(.attention(place), whole)
      return
    }
    let count = model.attention(of: place).heads
    let width = parts.width
    let heads = try value(place.out).doubles
    var rest = whole
    for head in 0..<count {
      var own = [Double]()
      own.reserveCapacity(whole.count)
      for position in 0..<parts.positionCount {
        let start = (position * count + head) * width
        own += heads[start..<start + width]
      }
      for index in own.indices { rest[index] -= own[index] }
      var named = place
      named.head = head
      parts.add(.head(named), own)
    }
    let scale = whole.reduce(0) { max($0, abs($1)) }
    if rest.contains(where: { abs($0) > 1e-4 * scale }) { parts.add(.bias, rest) }
  }
}
