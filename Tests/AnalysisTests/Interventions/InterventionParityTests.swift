import Analysis
import Tensors
import Testing
import Transformers

/// Every kind of intervention gives what transformers gives when hooks make the same change.
@Suite struct InterventionParityTests {
  @Test(arguments: Fixture.names, Precision.allCases)
  func logitsAgree(name: String, precision: Precision) throws {
    let fixture = try Fixture(name)
    let row = try fixture.row()
    let untouched = try #require(try fixture.numbers("logits"))
    let plain = try fixture.experiment(precision).run([row], output: .all)
    #expect(distance(plain.logitRows.flatMap { $0 }, untouched) < 1e-5)
    for (label, interventions) in try fixture.cases() {
      let expected = try #require(try fixture.numbers("case." + label), "\(label) has no reference")
      #expect(distance(expected, untouched) > 1e-3, "\(label) changes nothing: no test")
      let result = try fixture.experiment(precision, interventions).run([row], output: .all)
      #expect(
        distance(result.logitRows.flatMap { $0 }, expected) < 1e-5, "\(name): \(label)")
      for (id, firing) in result.firings {
        #expect(firing.times > 0 && firing.entries > 0, "\(label): receipt \(id)")
      }
    }
  }

  @Test(arguments: Fixture.names)
  func aRowOfABatchIsChangedAsAlone(name: String) throws {
    let fixture = try Fixture(name)
    let rows = [try fixture.row(), try fixture.row(Fixture.longer)]
    for (label, interventions) in try fixture.cases() {
      guard let expected = try fixture.numbers("case." + label) else { continue }
      let needsEqualLength = label.hasPrefix("patch") || label.hasPrefix("replace L1.H0.pattern")
      guard !needsEqualLength && !label.hasPrefix("resample") else { continue }
      let result = try fixture.experiment(.single, interventions).run(rows, output: .all)
      let first = result.logitRows[result.rows[0]].flatMap { $0 }
      #expect(distance(first, expected) < 1e-5, "\(name): \(label)")
    }
  }

  @Test(arguments: Fixture.names, Precision.allCases)
  func innerValuesAgree(name: String, precision: Precision) throws {
    let fixture = try Fixture(name)
    let kinds: [(String, Site)] = [
      ("embed.0", Site(.embed)), ("pos.0", Site(.pos)), ("final.0", Site(.final)),
      ("resid_pre.1", Site(.residPre, layer: 1)), ("ln1.1", Site(.ln1, layer: 1)),
      ("q.1", Site(.q, layer: 1)), ("k.1", Site(.k, layer: 1)), ("v.1", Site(.v, layer: 1)),
      ("rot_q.1", Site(.rotQ, layer: 1)), ("rot_k.1", Site(.rotK, layer: 1)),
      ("scores.1", Site(.scores, layer: 1)), ("pattern.1", Site(.pattern, layer: 1)),
      ("z.1", Site(.z, layer: 1)), ("attn.1", Site(.attn, layer: 1)),
      ("resid_mid.1", Site(.residMid, layer: 1)), ("ln2.1", Site(.ln2, layer: 1)),
      ("mlp_pre.1", Site(.mlpPre, layer: 1)), ("mlp_post.1", Site(.mlpPost, layer: 1)),
      ("mlp.1", Site(.mlp, layer: 1)), ("resid_post.1", Site(.residPost, layer: 1)),
    ]
    let captures = kinds.map { Capture(site: $0.1) }
    let result = try fixture.experiment(precision).run([try fixture.row()], captures: captures)
    for ((label, _), capture) in zip(kinds, captures) where !(name == "llama" && label == "pos.0") {
      let expected = try #require(try fixture.numbers("site." + label), "\(label)")
      let found = try #require(result.captured[capture], "\(label)").doubles
      #expect(distance(found, expected) < 1e-5, "\(name): \(label)")
    }
  }
}
