@testable import Analysis
import Faults
import Tensors
import TestSupport
import Testing
import Transformers

/// Rollout and flow against their closed forms.
@Suite struct TokenMixingTests {
  private func nodes(_ count: Int) -> [TokenMixing.Node] {
    (0..<count).map { TokenMixing.Node(stack: .decoder, position: $0) }
  }

  /// A graph of patterns with the tokens as they are.
  private func mixing(
    _ patterns: [Tensor<Double>], residual: Double = 0.5, fusion: HeadFusion = .mean
  ) -> TokenMixing {
    let count = patterns[0].shape[1]
    var mixing = TokenMixing(nodes: nodes(count))
    for (layer, pattern) in patterns.enumerated() {
      mixing.add(
        "L\(layer)", .double(pattern), queries: (0..<count).map { $0 },
        keys: (0..<count).map { $0 },
        fusion: fusion, keeping: .residual(residual))
    }
    return mixing
  }

  private func pattern(_ rows: [[Double]]...) -> Tensor<Double> {
    Tensor(
      [.head, .query, .key], [rows.count, rows[0].count, rows[0].count],
      rows.flatMap { $0.flatMap { $0 } })
  }

  /// Rows drawn by a seed, summing to one; `isCausal` ones give later keys nothing.
  private func drawn(_ count: Int, heads: Int = 1, seed: UInt64, isCausal: Bool = false)
    -> Tensor<Double>
  {
    var generator = SeededGenerator(seed: seed)
    var numbers: [Double] = []
    for _ in 0..<heads {
      for query in 0..<count {
        let row = (0..<count).map { isCausal && $0 > query ? 0 : generator.uniform() }
        numbers += row.map { $0 / row.reduce(0, +) }
      }
    }
    return Tensor([.head, .query, .key], [heads, count, count], numbers)
  }

  @Test func evenAttentionHasTheClosedForm() throws {
    let (layers, count) = (4, 6)
    let even = Tensor(
      [.head, .query, .key], [1, count, count], Array(repeating: 1 / 6.0, count: 36))
    let last = try #require(
      try mixing(Array(repeating: even, count: layers)).rollout().last)
    let left = 1.0 / 16
    for query in 0..<count {
      for key in 0..<count {
        let expected = (query == key ? left : 0) + (1 - left) / 6
        #expect(abs(last[query, key] - expected) < 1e-12)
      }
    }
    #expect(abs(last[0, 0] - 0.21875) < 1e-12)
  }

  @Test(arguments: HeadFusion.allCases) func rowsSumToOneAndStayCausal(fusion: HeadFusion) throws {
    let patterns = (0..<3).map { drawn(7, heads: 3, seed: UInt64($0), isCausal: true) }
    for residual in [0, 0.3, 1] {
      let products = try mixing(patterns, residual: residual, fusion: fusion).rollout()
      #expect(products.count == 3)
      for product in products {
        for query in 0..<7 {
          let row = (0..<7).map { product[query, $0] }
          #expect(abs(row.reduce(0, +) - 1) < 1e-12)
          #expect(row[(query + 1)...].allSatisfy { $0 == 0 })
        }
      }
    }
  }

  @Test func headsFuseAsTheyShould() {
    let two = pattern([[1, 0], [0.2, 0.8]], [[0.5, 0.5], [0.6, 0.4]])
    func row(_ fusion: HeadFusion) -> [Double] {
      let shares = mixing([two], residual: 0, fusion: fusion).steps[0].shares
      return [shares[1, 0], shares[1, 1]]
    }
    #expect(distance(row(.mean), [0.4, 0.6]) < 1e-12)
    #expect(distance(row(.max), [0.6 / 1.4, 0.8 / 1.4]) < 1e-12)
    #expect(distance(row(.min), [0.2 / 0.6, 0.4 / 0.6]) < 1e-12)
  }

  @Test func droppedTokensAreRenormalisedAndCounted() throws {
    var mixing = TokenMixing(nodes: nodes(2))
    let rows = pattern([[0.2, 0.2, 0.6], [0.1, 0.5, 0.4], [0, 0, 1]])
    mixing.add(
      "L0", .double(rows), queries: [nil, 0, 1], keys: [nil, 0, 1], keeping: .residual(0))
    let shares = mixing.steps[0].shares.elements
    #expect(distance(shares, [0.5 / 0.9, 0.4 / 0.9, 0, 1]) < 1e-12)
    #expect(abs(mixing.droppedMass - 0.05) < 1e-12)
    #expect(mixing.emptyRows == 0)
    // Where nothing is left, a token stays what it is.
    let lost = pattern([[1, 0, 0], [1, 0, 0], [0, 0.5, 0.5]])
    mixing.add(
      "L1", .double(lost), queries: [nil, 0, 1], keys: [nil, 0, 1], keeping: .residual(0.5))
    #expect(mixing.steps[1].shares.elements == [1, 0, 0.25, 0.75])
    #expect(mixing.emptyRows == 1)
  }

  @Test func measuredRatiosSayWhatIsKept() throws {
    var mixing = TokenMixing(nodes: nodes(2))
    let rows = pattern([[0.5, 0.5], [1, 0]])
    for ratios in [[0.25, 0.5], [0.25, .nan]] {
      mixing.add(
        "L", .double(rows), queries: [0, 1], keys: [0, 1], keeping: .mixing(ratios))
    }
    #expect(mixing.steps[0].shares.elements == [0.75, 0.25, 0.5, 0.5])
    #expect(mixing.steps[0].kept == 0.625)
    let last = try #require(try mixing.rollout().last)
    // 0.75 · 0.75 + 0.25 · 0.5, and a token whose ratio is not known stays as it is.
    #expect(abs(last[0, 0] - 0.6875) < 1e-12 && last[1, 1] == 0.5)
    // A token that sees nobody else keeps itself, and is counted where something should have come.
    let alone = pattern([[1, 0], [0, 1]])
    mixing.add("L", .double(alone), queries: [0, 1], keys: [0, 1], keeping: .mixing([0, 0.4]))
    #expect(mixing.steps[2].shares.elements == [1, 0, 0, 1] && mixing.emptyRows == 1)
  }

  @Test func theFlowOfOneLayerIsTheLayer() throws {
    let mixing = mixing([drawn(5, heads: 2, seed: 3)])
    let flow = try mixing.flow(from: [0, 1, 2, 3, 4], isNormalized: false)
    #expect(distance(flow.elements, mixing.steps[0].shares.elements) < 1e-12)
  }

  /// Each pair has the whole graph for itself, so that a row of flows can sum to more than one.
  @Test func flowsOfARowSumToMoreThanOneBeforeTheyAreNormalised() throws {
    let mixing = mixing([drawn(3, seed: 1), drawn(3, seed: 2)])
    let raw = try mixing.flow(from: [0, 2], isNormalized: false)
    let normalized = try mixing.flow(from: [0, 2])
    for row in 0..<2 {
      let sum = (0..<3).reduce(0) { $0 + raw[row, $1] }
      #expect(sum > 1)
      for key in 0..<3 { #expect(abs(normalized[row, key] - raw[row, key] / sum) < 1e-12) }
    }
  }

  /// Two layers of two tokens: from token 0 to token 0 over 0 (0.9, then 0.8) and over 1 (0.1, then
  /// 0.5); to token 1 over 0 (0.9, then 0.2) and over 1 (0.1, then 0.5).
  @Test func aFlowByHand() throws {
    let mixing = mixing([
      pattern([[0.6, 0.4], [1, 0]]), pattern([[0.8, 0.2], [0, 1]]),
    ])
    // Ahat is [[0.8, 0.2], [0.5, 0.5]] below and [[0.9, 0.1], [0, 1]] above.
    let flow = try mixing.flow(from: [0], isNormalized: false)
    #expect(distance(flow.elements, [0.8 + 0.1, 0.2 + 0.1]) < 1e-12)
  }

  @Test func progressCanStopAFlow() throws {
    let mixing = mixing([drawn(3, seed: 1)])
    #expect(throws: Fault.self) {
      try mixing.flow(from: [0, 1, 2]) { done throws(Fault) in
        if done == 1 { throw .interrupted }
      }
    }
  }
}

/// Graphs of tokens of models.
@Suite struct ModelMixingTests {
  private func experiment(_ model: Model) throws -> Experiment {
    Experiment(model: model, runtime: try model.runtime(.double))
  }

  @Test func aCausalModelMixesDownwards() throws {
    let model = try TinyModels.gpt2()
    let experiment = try experiment(model)
    let row = try Prompt(.ids([3, 7, 1, 9], types: nil, vocabularySize: 20)).row(for: model)
    let mixing = try experiment.mixing(row)
    #expect(mixing.steps.map(\.name) == ["L0", "L1"])
    let last = try #require(try mixing.rollout().last)
    for query in 0..<4 {
      #expect(((query + 1)..<4).allSatisfy { last[query, $0] == 0 })
      #expect(abs((0..<4).reduce(0) { $0 + last[query, $1] } - 1) < 1e-12)
    }
    var even = MixingOptions()
    even.isEven = true
    let shares = try experiment.mixing(row, even).steps[0].shares
    #expect(distance((0..<4).map { shares[2, $0] }, [1 / 6.0, 1 / 6.0, 4 / 6.0, 0]) < 1e-12)
  }

  @Test func specialTokensOfBertAreDropped() throws {
    let model = try TinyModels.bert()
    var options = MixingOptions()
    options.special = .dropBoth
    let row = try Prompt("the cat sat").row(for: model)
    let mixing = try experiment(model).mixing(row, options)
    #expect(mixing.nodes.map(\.position) == [1, 2, 3])
    #expect(mixing.droppedMass > 0.05 && mixing.droppedMass < 0.95)
    for step in mixing.steps {
      for query in 0..<3 {
        #expect(abs((0..<3).reduce(0) { $0 + step.shares[query, $1] } - 1) < 1e-12)
      }
    }
    options.special = .dropKeys
    let kept = try experiment(model).mixing(row, options)
    #expect(kept.nodes.count == 5 && kept.droppedMass > 0)
    // Nobody looks at [CLS] but itself, by what stays of it.
    #expect((0..<5).map { kept.steps[0].shares[$0, 0] } == [0.5, 0, 0, 0, 0])
    options.special = .dropBoth
    let nothing = try Prompt("").row(for: model)
    #expect(throws: Fault.self) { try experiment(model).mixing(nothing, options) }
  }

  @Test func twoStacksMakeOneGraph() throws {
    let model = try TinyModels.mbart()
    let row = try Prompt("the cat", target: .text("dog sat")).row(for: model)
    let mixing = try experiment(model).mixing(row)
    #expect(mixing.steps.map(\.name) == ["enc.L0", "dec.L0", "dec.L0.cross"])
    let source = mixing.nodes.count { $0.stack == .encoder }
    let last = try #require(try mixing.rollout().last)
    for query in mixing.nodes.indices {
      let row = mixing.nodes.indices.map { last[query, $0] }
      #expect(abs(row.reduce(0, +) - 1) < 1e-12)
      // A source token knows nothing of the target; a target token has half from the source.
      let fromSource = row[..<source].reduce(0, +)
      #expect(abs(fromSource - (query < source ? 1 : 0.5)) < 1e-12)
    }
    var options = MixingOptions()
    options.stack = .encoder
    #expect(try experiment(model).mixing(row, options).steps.map(\.name) == ["enc.L0"])
  }

  /// One half for the residual is what one of the variants measures.
  @Test func measuredResidualsAreMixingRatios() throws {
    for model in [try TinyModels.gpt2(), try TinyModels.bert()] {
      let experiment = try experiment(model)
      let size = model.description.vocabularySize
      let row = try Prompt(.ids([3, 7, 1, 9], types: nil, vocabularySize: size)).row(for: model)
      let half = try experiment.mixing(row)
      var options = MixingOptions()
      options.residual = .measured(.residualWeights)
      let measured = try experiment.mixing(row, options)
      for (one, other) in zip(half.steps, measured.steps) {
        #expect(distance(one.shares.elements, other.shares.elements) < 1e-12)
      }
      options.residual = .measured(nil)
      let steps = try experiment.mixing(row, options).steps
      let places = model.description.attentionPlaces
      let terms = try experiment.attentionTerms(row, places)
      for (step, terms) in zip(steps, terms) {
        let ratios = terms.mixing(model.description.fittingMixing)
        for query in ratios.indices {
          #expect(abs(step.shares[query, query] - (1 - ratios[query])) < 1e-12)
        }
      }
    }
  }

  @Test func ratiosOfBothStacksAreMeasured() throws {
    let model = try TinyModels.mbart()
    let row = try Prompt("the cat", target: .text("dog sat")).row(for: model)
    var options = MixingOptions()
    options.residual = .measured(nil)
    let mixing = try experiment(model).mixing(row, options)
    for step in mixing.steps {
      #expect(step.kept > 0 && step.kept < 1)
      for query in mixing.nodes.indices {
        let sum = mixing.nodes.indices.reduce(0) { $0 + step.shares[query, $1] }
        #expect(abs(sum - 1) < 1e-12)
      }
    }
    options.residual = .measured(.attentionWeights)
    #expect(throws: Fault.self) { try experiment(model).mixing(row, options) }
    options.stack = .encoder
    #expect(try experiment(model).mixing(row, options).steps.count == 1)
  }

  @Test func sharesMustFit() throws {
    let model = try TinyModels.gpt2()
    let row = try Prompt(.ids([3, 7], types: nil, vocabularySize: 20)).row(for: model)
    for share in [ResidualShare.same(1.5), .same(.nan), .each([0.5]), .each([0.5, -1])] {
      var options = MixingOptions()
      options.residual = share
      #expect(throws: Fault.self) { try experiment(model).mixing(row, options) }
    }
    var options = MixingOptions()
    options.residual = .each([1, 0])
    let steps = try experiment(model).mixing(row, options).steps
    #expect(steps[0].shares.elements == [1, 0, 0, 1])
    #expect(steps[1].shares[0, 0] == 1)
  }
}
