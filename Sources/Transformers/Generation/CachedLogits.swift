import Faults
import Tensors

extension Weights {
  /// The logits of every position of a row that is run through the cache: its first `prefill` ids
  /// at once, the others one by one.
  ///
  /// - Returns: [position, vocabulary].
  /// - Throws: `Fault` when the ids do not fit the model or it has no logits.
  public func cachedLogits(_ row: Batch, prefill: Int, edits: [Edit]) throws(Fault)
    -> AnyTensor
  {
    let ids = row.ids.first ?? []
    let forward = Forward(Eager<Element>(), self)
    var stage = Stage(Eager<Element>(), description, edits: edits)
    var cache = KeyValueCache<Eager<Element>>(
      layerCount: blocks.count, rows: 1, capacity: ids.count)
    var elements: [Element] = []
    var source: Source<Eager<Element>>?
    var start = 0
    while start < ids.count {
      let end = start == 0 ? min(max(prefill, 1), ids.count) : start + 1
      var state = try forward.start(
        row.with(ids: Array(ids[start..<end])), cache: cache, source: source,
        lengths: [ids.count], stage: &stage)
      try forward.advance(&state, stage: &stage)
      if let filled = state.cache { cache = filled }
      source = state.source
      elements += try forward.logits(state, .all, stage: &stage).value.elements
      start = end
    }
    let width = ids.isEmpty ? 0 : elements.count / ids.count
    return AnyTensor(Tensor([.position, .vocabulary], [ids.count, width], elements))
  }
}
