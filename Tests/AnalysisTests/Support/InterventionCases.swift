import Analysis
import Faults
import Transformers

extension Fixture {
  /// The interventions of the reference's cases, by the names that they have there.
  func cases() throws -> [(name: String, interventions: [Intervention])] {
    try changes() + attentionChanges() + borrowed() + given()
  }

  private func at(
    _ action: Intervention.Action, _ addresses: String..., named name: String? = nil
  ) throws -> (String, [Intervention]) {
    let interventions = try addresses.map { Intervention(action, at: try Address(parsing: $0)) }
    return (name ?? interventions[0].summary, interventions)
  }

  private func changes() throws -> [(String, [Intervention])] {
    let zeroed = [
      "L1.H2", "L*.H1", "L1.H2@3", "L0.H1.q", "L1.H3.k", "L1.KV1.v", "L1.KV1", "L0.attn", "L1.mlp",
      "L1.mlp.pre@2", "L1.N{2,5}", "L2", "embed@1", "pos", "L1.resid.mid@4", "L1.ln1", "L1.ln2",
      "L1.H0.pattern", "L1.H0.scores", "final@-1",
    ]
    var cases: [(String, [Intervention])] = []
    for address in zeroed where address != "pos" || name != "llama" {
      cases.append(try at(.zero, address))
    }
    let scaled: [(String, Double)] = [
      ("L0.mlp", -1.5), ("L1.H2.rot_q", 2), ("L1.KV1.rot_k", 2), ("L1.H2.scores", -1),
      ("L0.H1", 3), ("logits", 0.5),
    ]
    for (address, factor) in scaled { cases.append(try at(.scale(factor), address)) }
    let steered: [(String, Int, Double, Double)] = [
      ("L0.resid.post@3", 16, 1, 2), ("L1.H1.q", 4, 2, 2), ("L1.H{0,3}", 16, 3, 0.5),
      ("final@2", 16, 4, 1),
    ]
    for (address, count, start, factor) in steered {
      let by = factor == factor.rounded() ? "\(Int(factor))" : "\(factor)"
      cases.append(
        try at(
          .steer(try array([count], Self.vector(count, start)), by: factor), address,
          named: "steer \(address) by: \(by)"))
    }
    return cases
  }

  private func attentionChanges() throws -> [(String, [Intervention])] {
    let last = PositionSelector.indices([-1])
    return [
      try at(.cut(from: .indices([5]), to: .indices([2])), "L1.H2"),
      (
        "cut from: @-1 to: @1..2",
        [Intervention(.cut(from: last, to: .range(1, 2)), at: nil)]
      ),
      ("hide @1..2", [Intervention(.hide(.range(1, 2)), at: nil)]),
      try at(.hide(.indices([2])), "L1.H{0,1}"),
    ]
  }

  private func borrowed() throws -> [(String, [Intervention])] {
    let patch = Intervention.Action.patch(from: prompt(Self.source), sourceAt: nil)
    var cases: [(String, [Intervention])] = []
    for address in [
      "L1.resid.pre@3", "L0.H2", "L1.H1.pattern", "L0.KV0.k", "L0.mlp.post@2..4",
    ] {
      cases.append(try at(patch, address, named: "patch \(address)"))
    }
    cases.append(
      try at(
        .patch(from: prompt(Self.source), sourceAt: .indices([1])), "L1.resid.post@4",
        named: "patch L1.resid.post@4 at: @1"))
    let silenced = try at(.zero, "L0.H0").1
    for address in ["L1.ln1", "L1.ln2", "final"] where address != "final" || name != "bert" {
      let freeze = try at(.freeze, address).1
      cases.append(("freeze \(address), zero L0.H0", freeze + silenced))
    }
    cases.append(
      (
        "freeze L*.H*.pattern, zero L0.mlp",
        try at(.freeze, "L*.H*.pattern").1 + (try at(.zero, "L0.mlp").1)
      ))
    return cases
  }

  private func given() throws -> [(String, [Intervention])] {
    let three = [Self.source, Self.second, Self.longer].map { prompt($0) }
    let pattern = Self.vector(36, 6).map { abs($0) }
    return [
      try at(.meanAblate(over: []), "L1.H2", named: "mean_ablate L1.H2"),
      try at(.meanAblate(over: three), "L1.mlp", named: "mean_ablate L1.mlp over three"),
      try at(
        .resample(from: [prompt(Self.source)], seed: 3), "L1.H3", named: "resample L1.H3"),
      try at(
        .replace(try array([16], Self.vector(16, 5))), "L0.resid.post@2",
        named: "replace L0.resid.post@2"),
      try at(
        .replace(try array([6, 6], pattern)), "L1.H0.pattern", named: "replace L1.H0.pattern"),
      (
        "zero L0.H1, scale L0.H1 by: 2, scale L1.mlp by: 2",
        try at(.zero, "L0.H1").1 + (try at(.scale(2), "L0.H1").1) + (try at(.scale(2), "L1.mlp").1)
      ),
    ]
  }

  func array(_ shape: [Int], _ elements: [Double]) throws(Fault) -> NumberArray {
    guard let array = NumberArray(shape: shape, elements: elements) else {
      throw Fault("fixture", "the numbers do not fill \(shape)")
    }
    return array
  }
}
