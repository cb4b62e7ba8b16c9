import Tensors
import Testing
import Transformers

/// Gradients of whole models against central differences in double precision.
@Suite struct GradientTests {
  private static let step = 1e-5

  @Test(arguments: TinyFamily.allCases)
  func everyParameterAgreesWithDifferences(family: TinyFamily) throws {
    var tiny = try family.model()
    let request = GradientRequest(family.batch, parameters: .all)
    let found = try tiny.differentiate(request)
    #expect(found.parameters.keys.sorted() == tiny.model.tensors.map(\.name).sorted())
    let original = tiny.numbers
    for (name, gradient) in found.parameters {
      let tensor = try #require(original.tensors[name])
      #expect(gradient.shape == tensor.shape)
      // Every entry of the small tensors, some of the large ones.
      let places = Array(stride(from: 0, to: tensor.count, by: max(1, tensor.count / 12)))
      var expected: [Double] = []
      for place in places {
        let values = [Self.step, -Self.step].map { step in
          var elements = tensor.elements
          elements[place] += step
          tiny.numbers.tensors[name] = Tensor(tensor.axes, tensor.shape, elements)
          return (try? tiny.value(request)) ?? .nan
        }
        expected.append((values[0] - values[1]) / (2 * Self.step))
      }
      tiny.numbers = original
      let all = gradient.elements
      #expect(relativeDistance(places.map { all[$0] }, expected) < 1e-6, "\(name)")
    }
  }

  static let sites = TinyFamily.allCases.flatMap { family in
    Site.Kind.allCases.map { (family, $0) }
  }

  @Test(arguments: sites)
  func everySiteAgreesWithDifferences(family: TinyFamily, kind: Site.Kind) throws {
    let tiny = try family.model()
    let isThere =
      try !tiny.weights.run(
        RunRequest(family.batch, captures: [Capture(site: Site(kind))], output: .all)
      ).captured.isEmpty
    guard isThere else { return }
    try check(tiny, GradientRequest(family.batch, sites: [Site(kind)]), at: Site(kind))
  }

  @Test(arguments: [TinyFamily.gpt2, .llama, .bert, .bart])
  func gradientsFlowThroughEdits(family: TinyFamily) throws {
    let tiny = try family.model()
    let constant = AnyTensor(
      Tensor<Double>([.position, .width], [1, 8], (0..<8).map { 0.1 * Double($0) }))
    let edits: [Edit] = [
      Edit(id: 1, site: Site(.headOut, layer: 1), row: 0, components: [1], action: .scale(2)),
      Edit(id: 2, site: Site(.residMid), positions: .list([1]), action: .add(constant, by: 0.5)),
      Edit(id: 3, site: Site(.mlpPost), components: [2, 3], action: .scale(-1)),
      Edit(id: 4, site: Site(.z, layer: 1), components: [0], positions: .list([2]), action: .zero),
      Edit(id: 5, site: Site(.attn, layer: 1), positions: .list([0]), action: .write(constant)),
      Edit(
        id: 6, site: Site(.scores, layer: 1), positions: .list([2]),
        action: .hide(keys: [0], sparingSelf: false)),
      Edit(id: 7, site: Site(.pattern), components: [0], action: .scale(0.5)),
    ]
    for kind in [Site.Kind.residPre, .v, .scores, .pattern, .headOut, .z, .mlpPost] {
      let site = Site(kind)
      try check(tiny, GradientRequest(family.batch, edits: edits, sites: [site]), at: site)
    }
  }

  @Test(arguments: [Site.Kind.embed, .residPre, .k, .pattern, .headOut, .mlpPost, .ln2])
  func theEncodersSitesAgreeWithDifferences(kind: Site.Kind) throws {
    let site = Site(kind, stack: .encoder)
    try check(
      try TinyFamily.bart.model(), GradientRequest(TinyFamily.bart.batch, sites: [site]), at: site)
  }

  @Test func someColumnsAndPositionsAgreeWithTheWhole() throws {
    let tiny = try TinyFamily.gpt2.model()
    let output = OutputRequest(positions: [[4], [1, 2]], columns: [7, 2])
    var request = GradientRequest(TinyFamily.gpt2.batch, output: output, parameters: .all)
    request.sites = [Site(.residPre, layer: 1)]
    let some = try tiny.differentiate(request)
    request.output = .all
    let whole = try tiny.weights.differentiate(request) { logits, rows in
      var all = Tensor<Double>(zeros: logits.axes, logits.shape)
      let factors = TinyModel.factors(6)
      for (index, place) in [4, rows[1].lowerBound + 1, rows[1].lowerBound + 2].enumerated() {
        all[place, 7] = factors[2 * index]
        all[place, 2] = factors[2 * index + 1]
      }
      return all
    }
    #expect(some.parameters.count == whole.parameters.count)
    for (name, gradient) in whole.parameters {
      let other = try #require(some.parameters[name])
      #expect(relativeDistance(other.elements, gradient.elements) < 1e-12, "\(name)")
    }
    for (site, gradient) in whole.sites {
      #expect(relativeDistance(try #require(some.sites[site]).elements, gradient.elements) < 1e-12)
    }
  }

  @Test func memoryOfEarlierGradientsIsWrittenOver() throws {
    let tiny = try TinyFamily.gpt2.model()
    let request = GradientRequest(TinyFamily.gpt2.batch, parameters: .all)
    let first = try tiny.differentiate(request)
    let again = try tiny.weights.differentiate(request, reusing: first.parameters) { logits, _ in
      Tensor(logits.axes, logits.shape, TinyModel.factors(logits.count))
    }
    for (name, gradient) in first.parameters {
      #expect(again.parameters[name]?.elements == gradient.elements, "\(name)")
    }
  }

  @Test func whatIsNotAskedForIsNotGiven() throws {
    let tiny = try TinyFamily.llama.model()
    let name = try #require(tiny.model.tensors.first { $0.name.contains("q_proj") }?.name)
    let request = GradientRequest(TinyFamily.llama.batch, parameters: .named([name]))
    #expect(try tiny.differentiate(request).parameters.keys.sorted() == [name])
    #expect(try tiny.differentiate(request).sites.isEmpty)
  }

  @Test func loggedLogitsAreThoseOfThePlainRun() throws {
    let tiny = try TinyFamily.llama.model()
    let batch = TinyFamily.llama.batch
    let found = try tiny.differentiate(
      GradientRequest(batch, sites: Set(Site.Kind.allCases.map { Site($0) }), parameters: .all))
    let plain = try tiny.weights.run(RunRequest(batch, output: .all))
    #expect(found.logits.elements == plain.logits?.doubles)
  }

  /// Compares the gradient at a site with differences of runs in which some of its numbers differ.
  private func check(_ tiny: TinyModel, _ request: GradientRequest, at site: Site) throws {
    let gradient = try #require(try tiny.differentiate(request).sites[site])
    let shape = gradient.shape
    for row in request.batch.ids.indices {
      let isOfSource = site.stack == .encoder || site.kind == .crossK || site.kind == .crossV
      let isOfImages = request.batch.images != nil
      let positions =
        isOfImages
        ? shape[site.kind.positionAxis]
        : (isOfSource ? request.batch.source ?? [] : request.batch.ids)[row].count
      var found: [Double] = []
      var expected: [Double] = []
      for position in Set([0, positions / 2, positions - 1]) {
        for component in Set([0, shape[shape.count == 4 ? (site.kind.isPairwise ? 1 : 2) : 2] - 1])
        {
          for last in Set([
            0, min(position, shape[shape.count - 1] - 1), shape[shape.count - 1] - 1,
          ]) {
            guard !site.kind.isPairwise || last < positions else { continue }
            let index: [Int]
            if site.kind.isPairwise {
              index = [row, component, position, last]
            } else if shape.count == 4 {
              index = [row, position, component, last]
            } else {
              index = [row, position, component]
            }
            let values = try [Self.step, -Self.step].map { step in
              try tiny.value(
                request, extra: [Self.nudge(site, index, shape, positions, by: step)])
            }
            // A masked score is -infinity whatever is added to it.
            guard values.allSatisfy(\.isFinite) else { continue }
            var offset = 0
            for (place, size) in zip(index, shape) { offset = offset * size + place }
            found.append(gradient.elements[offset])
            expected.append((values[0] - values[1]) / (2 * Self.step))
          }
        }
      }
      #expect(relativeDistance(found, expected) < 1e-6, "\(site) of row \(row)")
    }
  }

  /// An edit that adds to one number.
  private static func nudge(
    _ site: Site, _ index: [Int], _ shape: [Int], _ positions: Int, by step: Double
  ) -> Edit {
    let hasComponents = site.kind.componentAxis != nil
    if site.kind.isPairwise {
      var values = Tensor<Double>(zeros: [.head, .query, .key], [1, 1, shape[3]])
      values[0, 0, index[3]] = step
      return Edit(
        id: 99, site: site, row: index[0], components: [index[1]], positions: .list([index[2]]),
        action: .add(AnyTensor(values), by: 1))
    }
    if shape.count == 4 {
      var values = Tensor<Double>(zeros: [.position, .head, .width], [1, 1, shape[3]])
      values[0, 0, index[3]] = step
      return Edit(
        id: 99, site: site, row: index[0], components: [index[2]], positions: .list([index[1]]),
        action: .add(AnyTensor(values), by: 1))
    }
    var values = Tensor<Double>(
      zeros: [.position, .width], [1, hasComponents ? 1 : shape[2]])
    values[0, hasComponents ? 0 : index[2]] = step
    return Edit(
      id: 99, site: site, row: index[0], components: hasComponents ? [index[2]] : nil,
      positions: .list([index[1]]), action: .add(AnyTensor(values), by: 1))
  }
}
