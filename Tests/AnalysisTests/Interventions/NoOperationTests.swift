import Analysis
import Testing
import Transformers

/// An intervention that changes nothing changes not one bit.
@Suite struct NoOperationTests {
  static let addresses = [
    "embed", "pos", "L*.resid.pre", "L*.ln1", "L*.H*.q", "L*.KV*.k", "L*.KV*.v", "L*.H*.rot_q",
    "L*.KV*.rot_k", "L*.H*.scores", "L*.H*.pattern", "L*.H*.z", "L*.H*", "L*.KV*", "L*.attn",
    "L*.resid.mid", "L*.ln2", "L*.mlp.pre", "L*.mlp.post", "L*.N*", "L*.mlp", "L*",
    "L*.resid.post", "final", "logits", "L1.H2", "L1.H{0,3}.q@2", "L1.N5@-1", "L0.mlp@1..3",
  ]

  @Test(arguments: Fixture.names, Precision.allCases)
  func scalingByOneFreezingAndPatchingFromItself(name: String, precision: Precision) throws {
    let fixture = try Fixture(name)
    let row = try fixture.row()
    let plain = try fixture.experiment(precision).run([row], output: .all).logitRows
    let actions: [Intervention.Action] = [
      .scale(1), .freeze, .patch(from: fixture.prompt(), sourceAt: nil),
    ]
    for address in Self.addresses where address != "pos" || name != "llama" {
      for action in actions {
        let intervention = Intervention(action, at: try Address(parsing: address))
        let result = try fixture.experiment(precision, [intervention]).run([row], output: .all)
        let differing = zip(result.logitRows.joined(), plain.joined()).count {
          $0.bitPattern != $1.bitPattern
        }
        #expect(differing == 0, "\(intervention.summary)")
      }
    }
  }
}
