import Analysis
import Language
import Transformers

/// Interventions on who may attend to whom.
extension Workbench {
  var cutCommand: Builtin {
    Builtin(
      "cut", "Makes the intervention that forbids a token to attend to another.",
      Parameter<[AddressInput]>("heads", "In which heads; in all when none is given.", .rest),
      Parameter<PositionSelector>("from", "The token that attends (the query).", .named),
      Parameter<PositionSelector>("to", "The token attended to (the key).", .named),
      InterventionParameters.during,
      returns: "intervention", family: .interventions,
      alsoFoundAs: ["attention edge", "knockout", "mask attention"],
      examples: [
        Example(
          """
          load "random-tiny"
          with cut(L1.H2, from: @-1, to: @0) {
            (capture (prompt "the cat") L1.H2.pattern)[query: -1][key: 0]
          }
          """, shows: "The weight of the edge is zero.", gives: .number(0)),
        Example(
          #"load "random-tiny"; with cut(from: @0, to: @0) { predict (prompt "the cat") }"#,
          shows: "A token must keep something to attend to.", gives: .fails("no-key-left")),
      ]
    ) { [self] _, heads, from, to, phase throws(Failure) in
      try edges(.cut(from: from, to: to), in: heads.flatMap(\.addresses), during: phase)
    }
  }

  var hideCommand: Builtin {
    Builtin(
      "hide", "Makes the intervention that lets no other token attend to some tokens.",
      Parameter<[AddressOrPosition]>(
        "tokens", "Which tokens, and in which heads; in all when no head is given.", .rest),
      InterventionParameters.during,
      returns: "intervention", family: .interventions, alsoFoundAs: ["mask a token", "invisible"],
      details: "A hidden token still sees itself. To put another token in its place, use `mask`.",
      examples: [
        Example(
          """
          load "random-tiny"
          with hide(@1) { sum((capture (prompt "the cat") L0.H0.pattern)[query: 2..6][key: 1]) }
          """, shows: "No later token looks at it.", gives: .number(0)),
        Example(
          "hide L1.H2 @1", shows: "In one head only.",
          gives: .text(
            "hide L1.H2 @1   (keys removed before the softmax for all other tokens, so rows are renormalised)"
          )),
      ]
    ) { [self] _, places, phase throws(Failure) in
      var heads: [Address] = []
      var positions: [PositionSelector] = []
      for place in places {
        switch place {
        case .addresses(let addresses): heads += addresses
        case .position(let position): positions.append(position)
        }
      }
      guard let position = positions.first, positions.count == 1 else {
        throw Failure(
          positions.isEmpty ? "missing-argument" : "too-many-arguments",
          "hide takes one position, which may be a range", argument: "tokens",
          help: "for instance   hide @3   or   hide L1.H2 @2..4")
      }
      return try edges(.hide(position), in: heads, during: phase)
    }
  }

  private func edges(
    _ action: Intervention.Action, in heads: [Address], during phase: Intervention.Phase
  ) throws(Failure) -> Value {
    guard heads.isEmpty else { return interventions(action, at: heads, during: phase) }
    let everywhere = Intervention(action, at: nil, during: phase)
    return .host(InterventionValue(intervention: everywhere, workbench: self))
  }
}
