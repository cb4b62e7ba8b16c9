import Tensors
import Testing
import Transformers

@testable import Analysis

@Suite struct StreamMixingTests {
  @Test func sharesAddUpToOne() {
    let token = KeptAndReceived(kept: [1, 2, 0], received: [0, -1, 3])
    #expect(abs(token.keptShare + token.receivedShare - 1) < 1e-14)
    let (kept, received) = (5.0.squareRoot(), 10.0.squareRoot())
    #expect(abs(token.normRatio - received / (received + kept)) < 1e-14)
    // y = (1, 1, 3)
    #expect(abs(token.keptShare - 3.0 / 11) < 1e-14)
    #expect(abs(token.keptCosine - 3 / (5.0 * 11).squareRoot()) < 1e-14)
  }

  @Test func whereNothingIsAddedEverythingIsKept() {
    let token = KeptAndReceived(kept: [1, 2], received: [0, 0])
    #expect(token.keptShare == 1 && token.receivedShare == 0 && token.normRatio == 0)
    #expect(abs(token.keptCosine - 1) < 1e-15 && token.receivedCosine.isNaN)
  }

  @Test func whatCancelsHasNoShareAndMayLeaveTheUnit() {
    let cancelled = KeptAndReceived(kept: [1, 2], received: [-1, -2])
    #expect(cancelled.keptShare.isNaN && cancelled.receivedShare.isNaN)
    #expect(abs(cancelled.bothCosine + 1) < 1e-12)
    let against = KeptAndReceived(kept: [3, 0], received: [-1, 0])
    #expect(against.receivedShare == -0.5 && against.keptShare == 1.5)
  }

  /// Behind the last layer it is the diagonal of a rollout with measured ratios.
  @Test(arguments: Fixture.names)
  func rolloutKeepsWhatRatiosLeave(name: String) throws {
    let fixture = try Fixture(name)
    let experiment = try fixture.experiment(.double)
    let row = try fixture.row()
    var options = MixingOptions()
    options.residual = .measured(nil)
    let products = try experiment.mixing(row, options).rollout()
    let mixing = try experiment.streamMixing(
      over: [row], StreamMixingOptions(tokens: .all, jacobianRows: 0))
    for (place, update) in mixing.updates.enumerated() where update.part == .mlp {
      let product = products[update.layer]
      let own = (0..<row.count).map { product[$0, $0] }
      let kept = own.reduce(0, +) / Double(row.count)
      #expect(abs(mixing.mean(place, .rollout) - (1 - kept)) < 1e-12)
    }
  }

  @Test(arguments: Fixture.names)
  func everyUpdateIsMeasured(name: String) throws {
    let fixture = try Fixture(name)
    let rows = [try fixture.row(), try fixture.row(Fixture.source)]
    let mixing = try fixture.experiment(.double).streamMixing(
      over: rows, StreamMixingOptions(tokens: .all, targets: 2, probes: 2))
    #expect(mixing.updates.count == 2 * fixture.model.description.blocks.count)
    #expect(mixing.shareError < 1e-12 && mixing.jacobianRows == 2)
    for (place, update) in mixing.updates.enumerated() {
      let share = try #require(mixing.reading(place, .share, seed: 0))
      #expect(share.low <= share.value && share.value <= share.high)
      #expect((mixing.reading(place, .mixing, seed: 0) == nil) == (update.part == .mlp))
      #expect((mixing.reading(place, .rollout, seed: 0) == nil) == (update.part != .mlp))
      let jacobian = mixing.mean(place, .jacobian)
      #expect(jacobian.isNaN == (update.part != .mlp))
      if update.part == .mlp { #expect(jacobian >= 0 && jacobian < 1) }
    }
    let agreements = mixing.agreements(seed: 0)
    #expect(agreements.count == 15)
    for agreement in agreements { #expect(abs(agreement.correlation.value) <= 1) }
  }

  @Test func twoStacksAreMeasuredApart() throws {
    let model = try TinyModels.mbart()
    let experiment = Experiment(model: model, runtime: try model.runtime(.double))
    let row = try Prompt("the cat sat", target: .text("the dog")).row(for: model)
    let mixing = try experiment.streamMixing(
      over: [row], StreamMixingOptions(tokens: .all, jacobianRows: 0))
    #expect(
      mixing.updates.map { "\(model.description.address(of: $0))" } == [
        "enc.L0.attn", "enc.L0.mlp", "dec.L0.attn", "dec.L0.cross", "dec.L0.mlp",
      ])
    for place in mixing.updates.indices { #expect(mixing.mean(place, .share).isFinite) }
  }

  @Test func addedPartsMakeTheNextStream() throws {
    let fixture = try Fixture("gpt2")
    let experiment = try fixture.experiment(.double)
    let row = try fixture.row()
    for update in fixture.model.description.streamUpdates {
      let sites = update.sites(in: fixture.model.description)
      let next = Site(update.part == .mlp ? .residPost : .residMid, layer: update.layer)
      let captures = [sites.added, sites.kept, next].map { Capture(site: $0) }
      let found = try experiment.run([row], captures: captures).captured
      let parts = try captures.map { try #require(found[$0]).doubles }
      #expect(distance(zip(parts[0], parts[1]).map { $0 + $1 }, parts[2]) < 1e-12)
    }
  }
}
