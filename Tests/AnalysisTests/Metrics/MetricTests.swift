import Analysis
import Faults
import Foundation
import Testing
import Transformers

/// Metrics give what torch gives, and handle ties and infinities.
@Suite struct MetricTests {
  @Test(arguments: Fixture.names, Precision.allCases)
  func metricsAgree(name: String, precision: Precision) throws {
    let fixture = try Fixture(name)
    let zero = Intervention(.zero, at: try Address(parsing: "L1.H2"))
    let experiment = try fixture.experiment(precision, [zero])
    let kinds: [Metric.Kind] = [
      .logit(.id(7)), .logitDiff(.id(7), .id(3)), .prob(.id(7)), .logProb(.id(7)), .rank(.id(7)),
      .entropy, .kl, .loss,
    ]
    for kind in kinds where kind != .loss || name != "bert" {
      let metric = Metric(kind)
      let expected = try #require(try fixture.numbers("metric." + metric.name))[0]
      let rows = [try fixture.row(), try fixture.row(Fixture.longer)]
      let values = try experiment.measure(metric, on: rows)
      #expect(abs(values[0] - expected) < 1e-5, "\(metric.name) is \(values[0]), not \(expected)")
    }
  }

  /// A masked model is read at its mask unless another place is named; others at the last token.
  @Test func predictionsAreReadWhereTheyStand() throws {
    for name in ["bert", "gpt2"] {
      let fixture = try Fixture(name)
      let experiment = try fixture.experiment(.double)
      var row = try fixture.row()
      row.tokens[2].maskedID = 9
      let place = name == "bert" ? 2 : row.count - 1
      for kind in [.logit(.id(7)), .entropy, .rank(.id(3))] as [Metric.Kind] {
        let read = try experiment.measure(Metric(kind), on: [row])
        #expect(read == (try experiment.measure(Metric(kind, at: .indices([place])), on: [row])))
      }
      let last = try experiment.measure(Metric(.logit(.id(7)), at: .indices([-1])), on: [row])
      let named = try experiment.measure(
        Metric(.logit(.id(7)), at: .indices([row.count - 1])), on: [row])
      #expect(last == named)
    }
  }

  @Test func aDivergenceFromItselfIsZero() throws {
    let fixture = try Fixture("gpt2")
    #expect(try fixture.experiment(.single).measure(Metric(.kl), on: [try fixture.row()]) == [0])
  }

  @Test func tiesGoToTheLowerID() {
    let distribution = Distribution(logits: [1, 3, 3, -.infinity, 3])
    #expect((0..<5).map(distribution.rank) == [4, 1, 2, 5, 3])
    #expect(distribution.top(4) == [1, 2, 4, 0])
  }

  @Test func masslessTokensCountAsNothing() {
    let half = Distribution(logits: [0, 0, -.infinity])
    #expect(half.probability(2) == 0)
    #expect(half.logProbability(2) == -.infinity)
    #expect(abs(half.entropy - log(2)) < 1e-15)
    let third = Distribution(logits: [0, 0, 0])
    #expect(abs(half.divergence(to: third) - log(1.5)) < 1e-15)
    #expect(third.divergence(to: half) == .infinity)
  }

  @Test func largeLogitsDoNotOverflow() {
    let distribution = Distribution(logits: [1000, 1001, -1000])
    #expect(abs(distribution.probability(1) - 1 / (1 + exp(-1))) < 1e-12)
    #expect(distribution.probability(2) == 0)
  }

  @Test func notANumberNeverRanksFirst() {
    let distribution = Distribution(logits: [.nan, 2, 1])
    #expect(distribution.top(3) == [1, 2])
    #expect((0..<3).map(distribution.rank) == [3, 1, 2])
  }

  @Test func aMaskedModelIsScoredAtItsMasks() throws {
    let fixture = try Fixture("bert")
    var row = try fixture.row()
    #expect(throws: Fault.self) {
      try fixture.experiment(.double).measure(Metric(.loss), on: [row])
    }
    row.tokens[2].maskedID = 9
    row.tokens[2].id = 1
    let experiment = try fixture.experiment(.double)
    let logits = try experiment.run([row], output: .all).logitRows[2]
    let expected = -Distribution(logits: logits).logProbability(9)
    #expect(abs(try experiment.measure(Metric(.loss), on: [row])[0] - expected) < 1e-12)
  }

  @Test func aTextOfSeveralTokensIsScoredTokenByToken() throws {
    let model = try Model.randomTiny()
    let experiment = Experiment(model: model, runtime: try model.runtime(.double))
    let row = try Prompt("A cat").row(for: model)
    var expected = 0.0
    var text = "A cat"
    for next in ["s", "a", "t"] {
      expected += try experiment.measure(
        Metric(.logProb(.text(next))), on: [try Prompt(text).row(for: model)])[0]
      text += next
    }
    let whole = try experiment.measure(Metric(.logProb(.text("sat"))), on: [row])[0]
    #expect(abs(whole - expected) < 1e-11)
    let product = try experiment.measure(Metric(.prob(.text("sat"))), on: [row])[0]
    #expect(abs(product - exp(expected)) < 1e-11)
    let error = #expect(throws: Fault.self) {
      try experiment.measure(Metric(.logit(.text("sat"))), on: [row])
    }
    #expect(error?.code == "several-tokens")
  }
}
