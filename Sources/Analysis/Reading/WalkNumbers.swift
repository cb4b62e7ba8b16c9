import Faults
import Tensors
import Transformers

/// The values that a walk shows, as the model computed them.
struct WalkNumbers {
  let block: BlockDescription
  let layer: Int
  let head: Int
  let position: Int
  /// How many tokens the row has.
  let count: Int
  private let captured: [Site.Kind: AnyTensor]

  init(_ experiment: Experiment, _ row: PromptRow, layer: Int, head: Int, position: Int)
    throws(Fault)
  {
    let model = experiment.model.description
    block = model.blocks[layer]
    self.layer = layer
    self.head = head
    self.position = position
    count = row.count
    let captures = Self.captures(model, layer: layer, head: head, position: position)
    let result = try experiment.run([row], captures: Array(captures.values))
    captured = captures.compactMapValues { result.captured[$0] }
  }

  private static func captures(
    _ model: ModelDescription, layer: Int, head: Int, position: Int
  ) -> [Site.Kind: Capture] {
    let block = model.blocks[layer]
    let group = block.attention.group(ofHead: head)
    var captures: [Site.Kind: Capture] = [:]
    func add(_ kind: Site.Kind, _ components: [Int]? = nil, positions: [Int]? = nil) {
      let site = Site(kind, layer: kind == .embed || kind == .pos ? 0 : layer)
      captures[kind] = Capture(site: site, components: components, positions: positions)
    }
    add(.embed, positions: [position])
    if model.embedding.learnedPositions != nil { add(.pos, positions: [position]) }
    add(.residPre, positions: [position])
    if block.attentionNorms.input != nil { add(.ln1, positions: [position]) }
    for kind in [Site.Kind.q, .rotQ, .scores, .pattern, .z] {
      add(kind, [head], positions: [position])
    }
    for kind in [Site.Kind.k, .rotK, .v] { add(kind, [group]) }
    add(.headOut)
    add(.attn)
    return captures
  }

  /// A value without its axes of one entry, or nil where the model has none.
  func value(_ kind: Site.Kind) -> AnyTensor? {
    captured[kind].map { tensor in
      let kept = tensor.shape.indices.filter { axis in
        tensor.shape[axis] > 1 || axis == tensor.shape.count - 1
          || (tensor.axes[axis] == .position && [.k, .rotK, .v].contains(kind))
      }
      return tensor.reshaped(kept.map { tensor.axes[$0] }, kept.map { tensor.shape[$0] })
    }
  }

  /// The numbers of a value.
  func numbers(_ kind: Site.Kind) -> [Double] { captured[kind]?.doubles ?? [] }

  /// The rows of a value of keys: one list for each key.
  func keyRows(_ kind: Site.Kind) -> [[Double]] {
    numbers(kind).chunked(max(block.attention.headWidth, 1))
  }

  /// What each head writes at the position, and what attention as a whole writes there.
  var written: (heads: [[Double]], attention: [Double]) {
    let width = (captured[.attn]?.shape.last).map { max($0, 1) } ?? 1
    let heads = block.attention.heads
    let rows = numbers(.headOut).chunked(width)
    let own = Array(rows.dropFirst(position * heads).prefix(heads))
    let attention = numbers(.attn).chunked(width)
    return (own, position < attention.count ? attention[position] : [])
  }

  /// Which keys the position may attend to.
  var isVisible: [Bool] {
    (0..<count).map { key in
      (!block.attention.isCausal || key <= position)
        && (block.attention.window.map { position - key < $0 } ?? true)
    }
  }
}
