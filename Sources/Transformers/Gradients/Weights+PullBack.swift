import Faults
import Tensors

extension Weights {
  /// Carries vectors at some sites back to others: the products of the vectors with the Jacobian of
  /// each target by the others, row by row of the batch.
  ///
  /// The forward pass runs once over a tape, up to the last target and no further; rows of the batch
  /// do not act on each other, so a batch of one prompt gives as many products as it has rows.
  ///
  /// - Parameters:
  ///   - vectors: Shaped as the value at each target, [row, …]; padding must be zero.
  ///   - targets: Values inside blocks.
  ///   - sites: Values in front of the targets; one that a target does not depend on has zeros.
  ///   - request: The rows and the edits, through which the products go; captures are not made.
  /// - Returns: What comes to the sites from each target.
  /// - Throws: `Fault` as `run`, and when the vectors have another shape than a target.
  public func pullBack(
    _ vectors: AnyTensor, from targets: [Site], to sites: Set<Site>, in request: RunRequest
  ) throws(Fault) -> [[Site: AnyTensor]] {
    let tape = Tape<Element>(.none)
    let forward = Forward(tape, self)
    var stage = Stage(
      tape, description, edits: request.edits, watches: sites.union(targets))
    var state = try forward.start(request.batch, stage: &stage)
    if let last = targets.filter({ $0.stack == .decoder }).map(\.layer).max() {
      try forward.advance(&state, to: last + 1, stage: &stage)
    }
    let gradient = vectors.cast(to: Element.self)
    return try targets.map { target throws(Fault) in
      guard let (node, shape) = tape.record.watched(target) else {
        throw Fault("not-captured", "the run did not reach \(target.kind)")
      }
      guard shape == vectors.shape else {
        throw Fault(
          "shape-mismatch", "the vectors are \(vectors.shape), the value is \(shape)")
      }
      let found = try tape.record.backKeeping(from: node, gradient)
      return found.filter { sites.contains($0.key) }.mapValues { AnyTensor($0) }
    }
  }
}
