import Faults
import Tensors

/// One attention of a model: a block's own, or a decoder block's attention to the encoder's output.
public struct AttentionPlace: Hashable, Sendable {
  /// The side; a model with one stack has only the decoder.
  public var stack: Stack
  /// The layer.
  public var layer: Int
  /// Whether keys and values are the encoder's.
  public var isCross: Bool

  /// A place from its parts.
  public init(stack: Stack = .decoder, layer: Int, isCross: Bool = false) {
    self.stack = stack
    self.layer = layer
    self.isCross = isCross
  }

  /// A value of the attention, by its name in a block's own attention.
  public func site(_ kind: Site.Kind) -> Site {
    guard isCross else { return Site(kind, layer: layer, stack: stack) }
    let cross: Site.Kind =
      switch kind {
      case .ln1Statistics: .crossNormStatistics
      case .ln1: .crossNorm
      case .q: .crossQ
      case .k: .crossK
      case .v: .crossV
      case .scores: .crossScores
      case .pattern: .crossPattern
      case .z: .crossZ
      case .headOut: .crossHeadOut
      case .attn: .cross
      case .residPre: .residMid
      case .residMid: .residCross
      default: kind
      }
    return Site(cross, layer: layer, stack: stack)
  }
}

extension ModelDescription {
  /// Every attention of the model, in the order in which they run.
  public var attentionPlaces: [AttentionPlace] {
    stacks.flatMap { stack in
      blocks(of: stack).enumerated().flatMap { layer, block in
        let own = AttentionPlace(stack: stack, layer: layer)
        let cross = AttentionPlace(stack: stack, layer: layer, isCross: true)
        return block.cross == nil ? [own] : [own, cross]
      }
    }
  }

  /// What an attention does.
  public func attention(at place: AttentionPlace) -> AttentionDescription {
    let block = blocks(of: place.stack)[place.layer]
    return place.isCross ? block.cross?.attention ?? block.attention : block.attention
  }

  /// The norms round an attention.
  public func norms(at place: AttentionPlace) -> BranchNorms {
    let block = blocks(of: place.stack)[place.layer]
    return place.isCross ? block.cross?.norms ?? block.attentionNorms : block.attentionNorms
  }

  /// The norm that reads the stream right behind an attention, and where its statistics stand: the
  /// stream's own in a post-norm block, that of the next branch in a pre-norm one; nil where the next
  /// branch has none, or stands beside the attention.
  public func normBehind(_ place: AttentionPlace) -> (site: Site, norm: NormDescription)? {
    let block = blocks(of: place.stack)[place.layer]
    func site(_ kind: Site.Kind) -> Site { Site(kind, layer: place.layer, stack: place.stack) }
    if let norm = norms(at: place).stream { return (place.site(.ln1Statistics), norm) }
    if block.isParallel { return nil }
    if let cross = block.cross, !place.isCross {
      return cross.norms.input.map { (site(.crossNormStatistics), $0) }
    }
    return block.mlpNorms.input.map { (site(.ln2Statistics), $0) }
  }

  /// How people write an attention: `L3.attn`, `dec.L1.cross`.
  public func address(of place: AttentionPlace) -> Address {
    Address(
      stack: addressed(place.stack), layers: .one(place.layer), part: .attn(cross: place.isCross))
  }

  /// How people write a head of an attention.
  public func address(of place: AttentionPlace, head: Int) -> Address {
    Address(
      stack: addressed(place.stack), layers: .one(place.layer),
      part: .head(.one(head), .out, cross: place.isCross))
  }
}

extension Weights {
  /// What the heads of an attention would write if each attended to one token alone: the value's
  /// way through the head's part of the output projection, without the projection's bias.
  ///
  /// - Parameter values: [position, group, headWidth], with bias, as they stand at the site of the
  ///   values.
  /// - Returns: [position, head, width]; query heads of one group have their own outputs of the
  ///   group's values.
  /// - Throws: `Fault` when the model has no such attention, or the values do not fit it.
  public func sourceOutputs(_ values: AnyTensor, of place: AttentionPlace)
    throws(Fault) -> AnyTensor
  {
    let output = try outputProjection(of: place)
    let attention = description.attention(at: place)
    let shape = values.shape
    guard shape.count == 3, shape[1] == attention.groups, shape[2] == attention.headWidth else {
      throw Fault("shape-mismatch", "values of \(shape) do not fit the attention")
    }
    let groups = (0..<attention.heads).map(attention.group(ofHead:))
    let spread = try modelError { () throws(TensorError) in
      try values.cast(to: Element.self).read(Region([nil, groups, nil]))
    }
    let z = spread.reshaped([.row] + spread.axes, [1] + spread.shape)
    let written = Eager<Element>().headOutputs(z, output)
    return AnyTensor(
      written.reshaped([.position, .head, .width], [shape[0], attention.heads, written.shape[3]]))
  }

  /// The bias of an attention's output projection.
  public func outputBias(of place: AttentionPlace) throws(Fault) -> [Double] {
    let output = try outputProjection(of: place)
    guard let bias = output.bias else {
      return Array(repeating: 0, count: description.width)
    }
    return Array(AnyTensor(bias.tensor).doubles[output.map.outputs])
  }

  /// The gain of the norm through which the stream goes behind an attention, offsets added; nil where
  /// `ModelDescription.normBehind` finds none.
  public func gainBehind(_ place: AttentionPlace) throws(Fault) -> [Double]? {
    let block = try block(of: place)
    let norm: NormWeights<Element>?
    switch description.normBehind(place)?.site.kind {
    case .ln1Statistics?: norm = block.attentionNorms.stream
    case .crossNormStatistics?:
      norm = place.isCross ? block.cross?.norms.stream : block.cross?.norms.input
    case .ln2Statistics?: norm = block.mlpNorms.input
    default: norm = nil
    }
    return norm.map { norm in
      AnyTensor(norm.gain.tensor).doubles.map { $0 + norm.description.gainOffset }
    }
  }

  private func block(of place: AttentionPlace) throws(Fault) -> BlockWeights<Element> {
    let blocks = place.stack == .encoder ? encoder?.blocks ?? [] : self.blocks
    guard blocks.indices.contains(place.layer) else {
      throw Fault("unknown-address", "the model has no layer \(place.layer) there")
    }
    return blocks[place.layer]
  }

  private func outputProjection(of place: AttentionPlace) throws(Fault) -> Projection<Element> {
    let block = try block(of: place)
    guard place.isCross else { return block.attentionOutput }
    guard let cross = block.cross else {
      throw Fault("unknown-address", "the block has no attention to the other side")
    }
    return cross.output
  }
}
