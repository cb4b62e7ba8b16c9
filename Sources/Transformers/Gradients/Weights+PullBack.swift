import Tensors

extension Weights {
  /// Carries vectors at one site back to others: the products of the vectors with the Jacobian of
  /// that site by the others, row by row of the batch.
  ///
  /// The forward pass runs over a tape up to the target and no further; rows of the batch do not act
  /// on each other, so a batch of one prompt gives as many products as it has rows.
  ///
  /// - Parameters:
  ///   - vectors: Shaped as the value at the target, [row, …]; padding must be zero.
  ///   - target: A value inside a block.
  ///   - sites: Values in front of the target; one that the target does not depend on has zeros.
  ///   - request: The rows and the edits, through which the products go; captures are not made.
  /// - Throws: `ModelError` as `run`, and when the vectors have another shape than the target.
  public func pullBack(
    _ vectors: AnyTensor, from target: Site, to sites: Set<Site>, in request: RunRequest
  ) throws(ModelError) -> [Site: AnyTensor] {
    let tape = Tape<Element>(.none)
    let forward = Forward(tape, self)
    var stage = Stage(
      tape, description, edits: request.edits, watches: sites.union([target]))
    var state = try forward.start(request.batch, stage: &stage)
    if target.stack == .decoder {
      try forward.advance(&state, to: target.layer + 1, stage: &stage)
    }
    guard let (node, shape) = tape.record.watched(target) else {
      throw ModelError("not-captured", "the run did not reach \(target.kind)")
    }
    guard shape == vectors.shape else {
      throw ModelError("shape-mismatch", "the vectors are \(vectors.shape), the value is \(shape)")
    }
    let found = try tape.record.back(
      from: node, vectors.cast(to: Element.self), reusing: [:])
    return found.sites.filter { sites.contains($0.key) }.mapValues { AnyTensor($0) }
  }
}
