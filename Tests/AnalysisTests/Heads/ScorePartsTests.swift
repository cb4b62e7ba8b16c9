import Analysis
import Faults
import Tensors
import Testing
import Transformers

@Suite struct ScorePartsTests {
  /// Rows for a model, and what it is run in.
  private func experiments() throws -> [(Experiment, PromptRow, Precision)] {
    var cases: [(Experiment, PromptRow, Precision)] = []
    for precision in Precision.allCases {
      for name in Fixture.names {
        let fixture = try Fixture(name)
        cases.append((try fixture.experiment(precision), try fixture.row(), precision))
      }
      let mbart = try TinyModels.mbart()
      let row = try Prompt("the cat sat", target: .text("the dogs")).row(for: mbart)
      cases.append(
        (Experiment(model: mbart, runtime: try mbart.runtime(precision)), row, precision))
    }
    return cases
  }

  @Test func thePartsOfEveryHeadSumToItsScores() throws {
    for (experiment, row, precision) in try experiments() {
      let model = experiment.model.description
      for place in model.allHeads {
        let queries = row.extent(of: place.pattern, in: model).count
        for query in [0, queries - 1] {
          let parts = try experiment.scoreParts(row, of: place, query: .indices([query]))
          #expect(
            abs(parts.total - parts.score) <= roundingLimit(precision) * max(abs(parts.score), 1),
            "\(model.family) \(place) @\(query): \(parts.total) \(parts.score)")
          #expect(!parts.queryParts.contains(.change) && !parts.keyParts.contains(.change))
        }
      }
    }
  }

  @Test func everyKeyHasItsScore() throws {
    let fixture = try Fixture("llama")
    let experiment = try fixture.experiment(.double)
    let row = try fixture.row()
    let place = HeadPlace(layer: 1, head: 2)
    let capture = Capture(site: place.scores, components: [2], positions: [4])
    let scores = try experiment.run([row], captures: [capture]).captured[capture]?.doubles ?? []
    for key in 0...4 {
      let parts = try experiment.scoreParts(
        row, of: place, query: .indices([4]), key: .indices([key]))
      #expect(abs(parts.total - scores[key]) < 1e-11)
      #expect(parts.isRotated)
    }
  }

  @Test func inTheFirstLayerTokensAndPositionsMeet() throws {
    let fixture = try Fixture("gpt2")
    let experiment = try fixture.experiment(.double)
    let row = try fixture.row()
    let parts = try experiment.scoreParts(
      row, of: HeadPlace(layer: 0, head: 1), query: .indices([-1]), key: .indices([2]))
    #expect(parts.queryParts == [.token, .position, .bias])
    #expect(parts.keyParts == [.token, .position, .bias])
    // Another token at the key changes only what holds the key's token, up to the norm's deviation.
    let weights = try experiment.runtime.headWeights(
      stack: .decoder, layer: 0, head: 1, isCross: false)
    let norm = try #require(weights.inputNorm)
    let rows = try experiment.runtime.tokenRows([row.ids[5], row.ids[2]])
    let folded = norm.folding(rows.cast(to: Double.self))
    let stream = Capture(site: Site(.ln1Statistics, layer: 0))
    let statistics = try experiment.run([row], captures: [stream]).captured[stream]?.doubles ?? []
    let query = try Matrix(folded).times(try Matrix(weights.query)).elements
    let key = try Matrix(folded).times(try Matrix(weights.key)).elements
    let width = weights.attention.headWidth
    let product = (0..<width).reduce(0) { $0 + query[$1] * key[width + $1] }
    let scaled = product * weights.attention.scale * statistics[11] * statistics[5]
    #expect(abs(scaled - parts.scores[0][0]) < 1e-12)
  }

  @Test func whatAllKeysHaveInCommonTellsNothing() throws {
    let fixture = try Fixture("bert")
    let experiment = try fixture.experiment(.double)
    let row = try fixture.row()
    var sums: [[Double]] = []
    for key in 0..<row.count {
      let parts = try experiment.scoreParts(
        row, of: HeadPlace(layer: 1, head: 0), query: .indices([2]), key: .indices([key]))
      let bias = try #require(parts.keyParts.firstIndex(of: .bias))
      for line in parts.overMean where sums.isEmpty || key > 0 { #expect(line[bias].isFinite) }
      sums =
        sums.isEmpty
        ? parts.overMean
        : zip(sums, parts.overMean).map { zip($0, $1).map { $0 + $1 } }
    }
    for line in sums { for value in line { #expect(abs(value) < 1e-10) } }
  }

  @Test func groupingLosesNothing() throws {
    let fixture = try Fixture("gpt2")
    let experiment = try fixture.experiment(.double)
    let parts = try experiment.scoreParts(
      try fixture.row(), of: HeadPlace(layer: 1, head: 3), query: .indices([-1]))
    for grain in ScoreParts.Grain.allCases {
      #expect(abs(parts.grouped(by: grain).total - parts.total) < 1e-12)
    }
    #expect(
      parts.grouped(by: .kind).queryParts == [
        .token, .position, .anyAttention, .bias, .anyMLP,
      ])
  }

  @Test func whatInterventionsPutInIsAPartOfItsOwn() throws {
    let fixture = try Fixture("gpt2")
    let steer = Intervention(
      .steer(try fixture.array([16], Fixture.vector(16, 1)), by: 2),
      at: try Address(parsing: "L0.resid.post@3"))
    let experiment = try fixture.experiment(.double, [steer])
    let parts = try experiment.scoreParts(
      try fixture.row(), of: HeadPlace(layer: 1, head: 0), query: .indices([-1]),
      key: .indices([3]))
    #expect(parts.keyParts.contains(.change))
    #expect(abs(parts.total - parts.score) < 1e-11)
  }

  @Test func aMaskedPairAndAHeadThatIsNotThereAreRefused() throws {
    let fixture = try Fixture("gpt2")
    let experiment = try fixture.experiment(.single)
    let row = try fixture.row()
    #expect {
      try experiment.scoreParts(
        row, of: HeadPlace(layer: 0, head: 0), query: .indices([1]), key: .indices([4]))
    } throws: {
      ($0 as? Fault)?.code == "masked-pair"
    }
    #expect {
      try experiment.scoreParts(row, of: HeadPlace(layer: 7, head: 0), query: .indices([1]))
    } throws: {
      ($0 as? Fault)?.code == "unknown-address"
    }
    let description = experiment.model.description
    #expect(
      try description.heads(of: Address(parsing: "L1")).count
        == description.blocks[1].attention.heads)
    #expect(throws: Fault.self) { try description.heads(of: Address(parsing: "L1.mlp")) }
  }
}
