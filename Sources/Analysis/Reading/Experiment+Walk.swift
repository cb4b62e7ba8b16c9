import Faults
import Foundation
import Tensors
import Transformers

extension Experiment {
  /// Walks through one head's arithmetic at one position of a row.
  ///
  /// - Throws: `Fault` when layer, head or position is not there, and when a step does not
  ///   follow from the ones before although no intervention acts in the layer's attention.
  public func walk(
    _ row: PromptRow, layer: Int, head: Int, at selector: PositionSelector? = nil
  ) throws(Fault) -> Walk {
    guard model.description.encoder == nil else {
      throw Fault(
        "wrong-address", "walk goes through a model with one stack of layers, this one has two",
        help: "capture the values instead, such as   capture p dec.L0.cross.H0.scores")
    }
    let address = Address(layers: .one(layer), part: .head(.one(head), .out, cross: false))
    _ = try model.description.sites(of: address)
    let position = try row.resolveOne(selector ?? row.prediction(of: model.description))
    let numbers = try WalkNumbers(self, row, layer: layer, head: head, position: position)
    var steps = WalkSteps(numbers, model.description).steps
    steps.append(try writtenStep(numbers, row))
    let walk = Walk(layer: layer, head: head, position: position, row: row, steps: steps)
    let edited = try edits(for: [row]).contains { edit in
      edit.site.kind.isBeforeBlocks || edit.site.layer == layer
    }
    if let bad = steps.first(where: { !$0.holds }), !edited {
      throw Fault(
        "walk-mismatch",
        "the step \(bad.name) of \(address) does not follow from the ones before: "
          + "it differs by \(bad.deviation ?? 0) relative",
        help: "this is a fault of the program or of the machine; run   check")
    }
    return walk
  }

  /// The heads' outputs and the bias of the projection sum to what attention writes.
  private func writtenStep(_ numbers: WalkNumbers, _ row: PromptRow) throws(Fault) -> Walk.Step {
    let written = numbers.written
    var sum = try outputBias(numbers, row)
    for head in written.heads { for (index, value) in head.enumerated() { sum[index] += value } }
    let hasOwnNorm = numbers.block.attentionNorms.output != nil
    return Walk.Step(
      name: "attention",
      formula: "sum over heads of out (+ b_O)" + (hasOwnNorm ? ", normalised" : ""),
      values: .double(Tensor([.width], [written.attention.count], written.attention))
        .inPrecision(of: numbers.value(.attn)),
      deviation: hasOwnNorm ? nil : relativeDistance(sum, written.attention))
  }

  /// b_O: what attention writes when every head is silent.
  private func outputBias(_ numbers: WalkNumbers, _ row: PromptRow) throws(Fault) -> [Double] {
    let silent = Edit(id: 0, site: Site(.z, layer: numbers.layer), action: .zero)
    let capture = Capture(
      site: Site(.attn, layer: numbers.layer), positions: [numbers.position])
    let result = try runtime.run(RunRequest(Batch([row]), edits: [silent], captures: [capture]))
    return result.captured[capture]?.doubles ?? []
  }
}

extension Site.Kind {
  /// Whether the value stands before the first block.
  fileprivate var isBeforeBlocks: Bool { self == .embed || self == .pos }
}

extension AnyTensor {
  /// The same numbers in the precision of another tensor.
  func inPrecision(of other: AnyTensor?) -> AnyTensor {
    if case .single = other { return .single(cast(to: Float.self)) }
    return self
  }
}
