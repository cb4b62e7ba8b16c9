import Faults
import Tensors

extension Weights {
  /// Differentiates a number that is read off the logits, by whatever the request names.
  ///
  /// The forward pass is the one that `run` uses, over a tape; only what lies behind a wanted site
  /// or parameter is recorded, and each step's memory is released as the walk back leaves it.
  ///
  /// - Parameters:
  ///   - request: What runs, and what is wanted.
  ///   - spare: Gradients of an earlier call that are no longer needed: their memory is written
  ///     over, which saves asking the system for fresh pages at every step of a training. Nobody else
  ///     may hold them: what is held elsewhere is copied first.
  ///   - cotangent: The gradient of the number with respect to the logits that were asked for,
  ///     shaped as they are: it is given the logits, [position, columns], and the positions that
  ///     belong to each row of the batch.
  /// - Throws: `Fault` as `run` does, when the model has no logits, and when the cotangent has
  ///   another shape than the logits.
  public func differentiate(
    _ request: GradientRequest, reusing spare: consuming [String: Tensor<Element>] = [:],
    cotangent: (Tensor<Element>, [Range<Int>]) throws(Fault) -> Tensor<Element>
  ) throws(Fault) -> GradientResult<Element> {
    let tape = Tape<Element>(request.parameters)
    let forward = Forward(tape, self)
    var stage = Stage(tape, description, edits: request.edits, watches: request.sites)
    let logits = try forward.recordedLogits(request, stage: &stage)
    let gradient = try cotangent(logits.value.tensor, logits.rows)
    guard gradient.shape == logits.value.tensor.shape else {
      throw Fault(
        "shape-mismatch",
        "the gradient of the logits is \(gradient.shape), they are \(logits.value.tensor.shape)")
    }
    let found = try tape.record.back(from: logits.value.node, gradient, reusing: consume spare)
    return GradientResult(
      sites: found.sites, parameters: found.parameters, logits: logits.value.tensor,
      rows: logits.rows, firings: stage.firings)
  }
}

extension Weights {
  /// Differentiates a number that is read off the logits, whatever the precision.
  ///
  /// - Throws: As the generic form.
  public func differentiate(
    _ request: GradientRequest,
    cotangent: (AnyTensor, [Range<Int>]) throws(Fault) -> AnyTensor
  ) throws(Fault) -> AnyGradients {
    let result = try differentiate(request, reusing: [:]) { logits, rows throws(Fault) in
      try cotangent(AnyTensor(logits), rows).cast(to: Element.self)
    }
    return AnyGradients(
      sites: result.sites.mapValues { AnyTensor($0) },
      parameters: result.parameters.mapValues { AnyTensor($0) }, firings: result.firings)
  }
}

extension Forward {
  /// The whole pass; nothing of it is held but the logits and what a tape keeps.
  fileprivate func recordedLogits(_ request: GradientRequest, stage: inout Stage<O>)
    throws(Fault) -> Logits<O>
  {
    var state = try start(request.batch, stage: &stage)
    try advance(&state, stage: &stage)
    return try logits(state, request.output, stage: &stage)
  }
}
