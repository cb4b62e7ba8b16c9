import Analysis
import Faults
import Testing
import Transformers

/// Receipts say what an intervention did, and one that did nothing is an error.
@Suite struct ReceiptTests {
  private func intervention(_ action: Intervention.Action, _ address: String) throws -> Intervention
  {
    Intervention(action, at: try Address(parsing: address))
  }

  @Test func theSizeOfTheChangeIsWhatTheValueLost() throws {
    let fixture = try Fixture("gpt2")
    let row = try fixture.row()
    let capture = Capture(site: Site(.mlp, layer: 1), positions: [2, 3])
    let value = try #require(
      try fixture.experiment(.double).run([row], captures: [capture]).captured[capture])
    let half = try intervention(.scale(0.5), "L1.mlp@2..3")
    let result = try fixture.experiment(.double, [half]).run([row], output: .all)
    let firing = try #require(result.firings[1])
    let expected = value.doubles.reduce(0) { $0 + $1 * $1 / 4 }
    #expect(firing.times == 1)
    #expect(firing.entries == 2 * 16)
    #expect(abs(firing.squaredChange - expected) < 1e-12 * expected)
  }

  @Test func everyLayerAndRowFires() throws {
    let fixture = try Fixture("llama")
    let zero = try intervention(.zero, "L*.H1")
    let rows = [try fixture.row(), try fixture.row(Fixture.longer)]
    let result = try fixture.experiment(.single, [zero]).run(rows, output: .all)
    #expect(result.firings[1]?.times == 3 * 2)
    #expect(result.firings[1]?.entries == 3 * 4 * (6 + 8))
  }

  @Test func cuttingAnEdgeThatIsNotThereNeverFires() throws {
    let fixture = try Fixture("gpt2")
    let cut = try intervention(.cut(from: .indices([2]), to: .indices([5])), "L1.H2")
    let error = #expect(throws: Fault.self) {
      _ = try fixture.experiment(.single, [cut]).run([try fixture.row()], output: .all)
    }
    #expect(error?.code == "never-fired")
  }

  @Test func theLastKeyIsNotTakenAway() throws {
    let fixture = try Fixture("gpt2")
    let cut = try intervention(.cut(from: .indices([0]), to: .indices([0])), "L1.H2")
    let error = #expect(throws: Fault.self) {
      _ = try fixture.experiment(.single, [cut]).run([try fixture.row()], output: .all)
    }
    #expect(error?.code == "no-key-left")
  }

  @Test(
    arguments: [
      ("L1.mlp", Intervention.Action.cut(from: .indices([1]), to: .indices([0])), "wrong-address"),
      ("L1.H0.pattern", .meanAblate(over: []), "wrong-address"),
      ("L7.mlp", .zero, "unknown-address"), ("L1.H9", .zero, "unknown-address"),
      ("L1.N99", .zero, "unknown-address"), ("L1.KV4.k", .zero, "unknown-address"),
      ("L1.mlp@6", .zero, "position-out-of-range"), ("cross", .zero, "unknown-address"),
    ])
  func whatDoesNotFitIsRefused(address: String, action: Intervention.Action, code: String) throws {
    let fixture = try Fixture("gpt2")
    let error = #expect(throws: Fault.self) {
      let intervention = try intervention(action, address)
      _ = try fixture.experiment(.single, [intervention]).run([try fixture.row()], output: .all)
    }
    #expect(error?.code == code)
  }

  @Test func wrongShapesAreRefused() throws {
    let fixture = try Fixture("gpt2")
    let five = try fixture.array([5], [1, 2, 3, 4, 5])
    let short = fixture.prompt(Fixture.second)
    let cases: [(String, Intervention.Action)] = [
      ("L1.mlp", .steer(five, by: 1)), ("L1.mlp", .replace(five)),
      ("L1.H0.pattern", .replace(five)), ("L1.mlp", .patch(from: short, sourceAt: nil)),
      ("L1.mlp@-1", .resample(from: [short], seed: 0)),
    ]
    for (address, action) in cases {
      let error = #expect(throws: Fault.self) {
        let intervention = try intervention(action, address)
        _ = try fixture.experiment(.single, [intervention]).run([try fixture.row()], output: .all)
      }
      #expect(error?.code == "shape-mismatch", "\(address)")
    }
  }
}
