import Checkpoints
import Tensors
import TestSupport
import Testing
import Transformers

/// Parity with torch's autograd on whole checkpoints, for every parameter and for embeddings,
/// patterns and head outputs; `scripts/fixtures/gradients.py` wrote what is compared.
@Suite struct GradientParityTests {
  static let families = ["gpt2", "llama_gqa", "bert"].filter {
    SharedData.isAvailable("reference/\($0)/reference.safetensors")
  }

  @Test(arguments: families, Precision.allCases)
  func everyGradientAgrees(family: String, precision: Precision) throws {
    let reference = try ReferenceCheckpoint(SharedData.url("reference/\(family)"))
    switch precision {
    case .single: try check(reference, family, try reference.model.singleWeights())
    case .double: try check(reference, family, try reference.model.doubleWeights())
    }
  }

  private func check<Element: Scalar>(
    _ reference: ReferenceCheckpoint, _ family: String, _ weights: Weights<Element>
  ) throws {
    let expected = try Checkpoint(
      contentsOf: SharedData.projectRoot
        .appendingPathComponent("Tests/Fixtures/Gradients/\(family).safetensors"))
    let layers = weights.description.blocks.indices
    let sites =
      [("embed", Site(.embed))]
      + layers.flatMap {
        [("z \($0)", Site(.z, layer: $0)), ("pattern \($0)", Site(.pattern, layer: $0))]
      }
    let ids = reference.batch.ids
    // Together, padded, once with patterns and once through the tiles.
    let request = GradientRequest(reference.batch, sites: Set(sites.map(\.1)), parameters: .all)
    let found = try weights.differentiate(request, cotangent: Self.crossEntropy(ids))
    var plain = request
    plain.sites = []
    let fused = try weights.differentiate(plain, cotangent: Self.crossEntropy(ids))
    #expect(found.parameters.count == reference.model.tensors.count)
    for (name, gradient) in found.parameters {
      try compare(gradient, name, expected)
      try compare(try #require(fused.parameters[name]), name, expected)
    }
    for row in ids.indices {
      let own = Array(ids[row].indices)
      for (name, site) in sites {
        let region =
          site.kind.isPairwise
          ? Region([[row], nil, own, own])
          : Region([[row], own] + Array(repeating: nil, count: site.kind == .z ? 2 : 1))
        let gradient = try #require(found.sites[site]).read(region)
        try compare(gradient, "row \(row) \(name)", expected)
      }
    }
  }

  private static func crossEntropy<Element: Scalar>(_ ids: [[Int]])
    -> (Tensor<Element>, [Range<Int>]) throws(ModelError) -> Tensor<Element>
  {
    { logits, _ throws(ModelError) in
      let vocabulary = logits.shape[1]
      let targets = ids.flatMap { $0.map { (7 * $0 + 3) % vocabulary } }
      return Kernels.crossEntropy(logits: logits, targets: targets).gradient
    }
  }

  /// Compares the entries that were kept, and the length of the whole.
  private func compare<Element: Scalar>(
    _ gradient: Tensor<Element>, _ name: String, _ expected: Checkpoint
  ) throws {
    func numbers(_ name: String) throws -> [Double] {
      try expected.tensor(name, as: Double.self, axes: ["any"]).elements
    }
    let all = gradient.elements.map { Double($0) }
    let kept = try numbers(name)
    let count = kept.count
    // A bias of keys changes nothing: its gradient is rounding on both sides.
    let limit = max(1e-4 * (try numbers(name + " largest"))[0], 1e-6)
    #expect(distance((0..<count).map { all[$0 * all.count / count] }, kept) < limit, "\(name)")
    let length = all.reduce(0) { $0 + $1 * $1 }.squareRoot()
    #expect(
      abs(length - (try numbers(name + " length"))[0]) < limit * Double(all.count).squareRoot(),
      "\(name)")
  }
}
