import Analysis
import Corpora
import Faults
import Statistics
import Tensors
import TestSupport
import Testing
import Transformers

/// The derivative of the loss by attention, and what hiding does.
@Suite struct AttentionGradientTests {
  private func experiment(_ model: Model, _ actions: [Intervention] = []) throws -> Experiment {
    Experiment(
      model: model, runtime: try model.runtime(.double),
      active: actions.enumerated().map { ActiveIntervention(id: $0 + 1, $1) })
  }

  private func rows(_ texts: [String], _ model: Model) throws -> [AnnotatedRow] {
    try texts.map { try AnnotatedRow(AnnotatedText($0), for: model) }
  }

  private func set(_ name: String, _ measured: AttentionGradient) throws -> Int {
    try #require(measured.sets.firstIndex { $0.name == name })
  }

  @Test func theKindsAreThoseOfTheTexts() throws {
    let model = try TinyModels.bert()
    let heads = try HeadSelection(in: model.description)
    let measured = try AttentionGradient(
      try rows(["the cat sat", "dog"], model), heads: heads, with: try experiment(model))
    #expect(measured.sets.map(\.name) == ["[CLS]", "[SEP]", "punctuation", "words", "all"])
    // Every entry is one of a kind, and a row's kinds hold all of it.
    let all = try set("all", measured)
    for head in 0..<heads.count {
      let kinds = (0..<all).map { measured.gradient.weight(measured.column(head, $0)) }
      #expect(kinds.reduce(0, +) == measured.gradient.weight(measured.column(head, all)))
      #expect(abs(measured.mass.mean(measured.column(head, all)) - 1) < 1e-12)
      let mass = (0..<all).map { place -> Double in
        let mean = measured.mass.mean(measured.column(head, place))
        return mean.isNaN ? 0 : mean
      }
      #expect(abs(mass.reduce(0, +) - 1) < 1e-12)
    }
  }

  /// Three entries of a pattern, by central differences off the simplex.
  @Test func theGradientIsTheSlope() throws {
    let model = try Model.randomTiny()
    let experiment = try experiment(model)
    let row = try Prompt("the cat").row(for: model)
    let site = Site(.pattern, layer: 1)
    let metric = Metric(.loss)
    let slopes = try #require(
      try experiment.gradients(of: metric, on: [row], at: [site]).sites[site]
    ).doubles
    let capture = Capture(site: site)
    let pattern = try #require(try experiment.run([row], captures: [capture]).captured[capture])
      .doubles
    let count = row.count
    for (head, query, key) in [(0, 3, 1), (2, 5, 5), (3, 6, 0)] {
      let place = (head * count + query) * count + key
      func loss(_ change: Double) throws -> Double {
        let own = Array(pattern[head * count * count..<(head + 1) * count * count])
        var changed = own
        changed[query * count + key] += change
        let array = try #require(NumberArray(shape: [count, count], elements: changed))
        let replaced = Intervention(
          .replace(array), at: try Address(parsing: "L1.H\(head).pattern"))
        return try self.experiment(model, [replaced]).measure(metric, on: [row])[0]
      }
      let slope = (try loss(1e-4) - loss(-1e-4)) / 2e-4
      #expect(abs(slopes[place] - slope) < 1e-3 * max(abs(slope), 1e-3))
    }
  }

  @Test func scalingTheLossScalesTheGradient() throws {
    let model = try Model.randomTiny()
    let heads = try HeadSelection(in: model.description)
    let texts = try rows(["the cat.", "a dog, a cat"], model)
    let once = try AttentionGradient(texts, heads: heads, with: try experiment(model))
    let thrice = try AttentionGradient(
      texts, heads: heads, factor: 3, with: try experiment(model))
    for column in 0..<(heads.count * once.sets.count) {
      let (one, three) = (once.gradient.mean(column), thrice.gradient.mean(column))
      #expect(one.isNaN ? three.isNaN : abs(three - 3 * one) < 1e-12)
      #expect(one.isNaN || one > 0)
    }
  }

  @Test func aLossThatDoesNotDependOnAttentionHasNoGradient() throws {
    let model = try Model.randomTiny()
    let silent = try experiment(model, [Intervention(.zero, at: try Address(parsing: "L0.H1"))])
    let heads = try HeadSelection([try Address(parsing: "L0.H1")], in: model.description)
    let texts = try rows(["the cat.", "a dog"], model)
    let measured = try AttentionGradient(texts, heads: heads, with: silent)
    #expect(measured.gradient.sums.allSatisfy { $0 == 0 })
    #expect(measured.mass.sums.contains { $0 > 0 })
    let knockout = try AttentionKnockout(
      texts, heads: heads, sets: measured.sets, by: .head, with: silent)
    #expect(knockout.change.sums.allSatisfy { abs($0) < 1e-12 })
    #expect(knockout.change.weights.contains { $0 > 0 })
  }

  /// Hiding is what `hide` does.
  @Test func hidingIsTheInterventionOfThatName() throws {
    let model = try Model.randomTiny()
    let plain = try experiment(model)
    let heads = try HeadSelection([try Address(parsing: "L1")], in: model.description)
    let texts = try rows(["the cat. a dog", "so"], model)
    let measured = try AttentionGradient(texts, heads: heads, with: plain)
    let dots = try set("punctuation", measured)
    let knockout = try AttentionKnockout(texts, heads: heads, sets: measured.sets, with: plain)
    let hidden = try experiment(
      model, [Intervention(.hide(.text(".")), at: try Address(parsing: "L1.H*"))])
    let row = texts[0].row
    let expected =
      try hidden.measure(Metric(.loss), on: [row])[0]
      - plain.measure(Metric(.loss), on: [row])[0]
    #expect(abs(knockout.change.mean(dots) - expected) < 1e-12)
    // The second text has no full stop, so it does not count.
    #expect(knockout.change.weight(dots) == 1)
  }

  @Test func maskedTokensAreDrawnBySeed() throws {
    let model = try TinyModels.bert()
    let heads = try HeadSelection(in: model.description)
    let texts = try rows(["the cat sat the dog sat the cat"], model)
    func sums(_ seed: UInt64, share: Double = 0.3) throws -> [Double] {
      try AttentionGradient(
        texts, heads: heads, loss: .masked(share: share), seed: seed,
        with: try experiment(model)
      ).gradient.sums
    }
    #expect(try sums(1) == sums(1))
    #expect(try sums(1) != sums(2))
    #expect(throws: Fault.self) { try sums(1, share: 0) }
  }

  @Test func aModelHasOnlyTheLossesThatItLearntBy() throws {
    let causal = try Model.randomTiny()
    let masked = try TinyModels.bert()
    for (model, losses) in [
      (causal, [TextLoss.masked(share: 0.15), .label(column: nil)]),
      (masked, [.causal, .label(column: nil)]),
    ] {
      let heads = try HeadSelection(in: model.description)
      for loss in losses {
        #expect(throws: Fault.self) {
          try AttentionGradient(
            try rows(["the cat sat"], model), heads: heads, loss: loss,
            with: try experiment(model))
        }
      }
    }
    // One token has no next one.
    #expect(throws: Fault.self) {
      try AttentionGradient(
        try rows(["a"], causal), heads: try HeadSelection(in: causal.description),
        with: try experiment(causal))
    }
  }

  @Test func linesCarryTheirNulls() throws {
    let model = try Model.randomTiny()
    let heads = try HeadSelection(in: model.description)
    let texts = try rows(["the cat. ok", "a dog, a cat", "yes, no.", "a."], model)
    let measured = try AttentionGradient(texts, heads: heads, with: try experiment(model))
    let knockout = try AttentionKnockout(
      texts, heads: heads, sets: measured.sets, with: try experiment(model))
    let lines = measured.lines(by: .layer, knockout, seed: 1)
    #expect(lines.first?.unit.description == "L0.attn")
    let punctuation = try #require(lines.first { $0.set.name == "punctuation" })
    #expect(punctuation.gradient.low <= punctuation.gradient.value)
    #expect(punctuation.gradient.value <= punctuation.gradient.high)
    #expect(punctuation.p > 0 && punctuation.p <= 1 && punctuation.others > 0)
    let all = try #require(lines.first { $0.set == .all })
    #expect(all.others.isNaN && all.p.isNaN && all.change == nil)
    #expect(measured.lines(by: .head, nil, seed: 1).count > lines.count)
  }

  @Test func attentionToASourceIsMeasured() throws {
    let model = try TinyModels.mbart()
    let heads = try HeadSelection(
      [try Address(parsing: "dec.L0.cross.H*")], in: model.description)
    var text = AnnotatedText("the cat sat")
    text.target = "dog sat"
    let rows = [try AnnotatedRow(text, for: model)]
    let measured = try AttentionGradient(rows, heads: heads, with: try experiment(model))
    #expect(measured.sets.map(\.name) == ["[CLS]", "[SEP]", "punctuation", "words", "all"])
    #expect(measured.gradient.mean(try set("words", measured)) > 0)
    let knockout = try AttentionKnockout(
      rows, heads: heads, sets: measured.sets, with: try experiment(model))
    #expect(abs(knockout.change.mean(try set("words", measured))) > 0)
  }
}
