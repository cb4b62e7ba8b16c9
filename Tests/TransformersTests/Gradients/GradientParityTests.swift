import Checkpoints
import Faults
import Tensors
import TestSupport
import Testing
import Transformers

/// Parity with torch's autograd on whole checkpoints, for every parameter and for embeddings,
/// patterns and head outputs; `scripts/fixtures/gradients.py` wrote what is compared.
@Suite struct GradientParityTests {
  static let families = [
    "gpt2", "llama_gqa", "bert", "roberta", "bart", "marian", "vit", "deit",
  ].filter {
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
    let sites = Self.sites(weights.description)
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
    let counts = reference.batch.tokenCounts(for: weights.description)
    for row in ids.indices {
      let own = Array(0..<counts[row])
      let source = reference.batch.source.map { Array($0[row].indices) } ?? own
      for (name, site) in sites {
        let queries = site.stack == .encoder ? source : own
        let keys = site.stack == .encoder || site.kind.isCross ? source : own
        let region =
          site.kind.isPairwise
          ? Region([[row], nil, queries, keys])
          : Region([[row], queries] + Array(repeating: nil, count: site.kind == .embed ? 1 : 2))
        let gradient = try #require(found.sites[site]).read(region)
        try compare(gradient, "row \(row) \(name)", expected)
      }
    }
  }

  /// The values whose gradients are compared, by their names in the fixtures.
  private static func sites(_ model: ModelDescription) -> [(name: String, site: Site)] {
    model.stacks.flatMap { stack in
      let side = stack == .encoder ? "enc " : ""
      var sites: [(name: String, site: Site)] = []
      if model.embedding.patches == nil {
        sites.append(("\(side)embed", Site(.embed, stack: stack)))
      }
      for layer in model.blocks(of: stack).indices {
        sites.append(("\(side)z \(layer)", Site(.z, layer: layer, stack: stack)))
        sites.append(("\(side)pattern \(layer)", Site(.pattern, layer: layer, stack: stack)))
        guard stack == .decoder, model.encoder != nil else { continue }
        sites.append(("cross z \(layer)", Site(.crossZ, layer: layer)))
        sites.append(("cross pattern \(layer)", Site(.crossPattern, layer: layer)))
      }
      return sites
    }
  }

  private static func crossEntropy<Element: Scalar>(_ ids: [[Int]])
    -> (Tensor<Element>, [Range<Int>]) throws(Fault) -> Tensor<Element>
  {
    { logits, _ throws(Fault) in
      let vocabulary = logits.shape[1]
      // A row of ids has a target behind each; an image, which has none, one for the whole.
      let targets = ids.enumerated().flatMap { row, ids in
        (ids.isEmpty ? [row] : ids).map { (7 * $0 + 3) % vocabulary }
      }
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
