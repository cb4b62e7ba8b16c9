import Analysis
import Language
import Transformers

/// Interventions that need nothing but an address and a number.
extension Workbench {
  var zeroCommand: Builtin {
    Builtin(
      "zero", "Makes the intervention that sets values to zero.",
      InterventionParameters.addresses, InterventionParameters.during,
      returns: "intervention", family: .interventions,
      alsoFoundAs: ["ablation", "knock out", "switch off"],
      details:
        "Zero is a value that a head never takes; compare with `mean_ablate` and `resample`.",
      examples: [
        Example(
          "zero L1.H2", shows: "A head is switched off.",
          gives: .text("zero L1.H2   (set to zero, nothing renormalised)")),
        Example("zero L0.H1 L1.H2 | len", shows: "Two of them.", gives: .number(2)),
        Example(
          #"load "random-tiny"; with zero(L0), zero(L1) { measure(prompt("the cat"), kl) > 0 }"#,
          shows: "It holds inside a `with`.", gives: .flag(true)),
      ]
    ) { [self] _, addresses, phase throws(Failure) in
      interventions(.zero, at: try addresses.all(for: "zero"), during: phase)
    }
  }

  var scaleCommand: Builtin {
    Builtin(
      "scale", "Makes the intervention that multiplies values.",
      InterventionParameters.addresses,
      Parameter<Double>("by", "What values are multiplied by.", .named, in: .finite),
      InterventionParameters.during,
      returns: "intervention", family: .interventions, alsoFoundAs: ["amplify", "dampen"],
      examples: [
        Example(
          "scale L1.H2 by: 0.5", shows: "A head at half its strength.",
          gives: .text("scale L1.H2 by: 0.5   (multiplied)")),
        Example(
          #"load "random-tiny"; with scale(L0.mlp, by: 1) { measure (prompt "the cat") kl }"#,
          shows: "Times one changes nothing.", gives: .number(0)),
      ]
    ) { [self] _, addresses, factor, phase throws(Failure) in
      interventions(.scale(factor), at: try addresses.all(for: "scale"), during: phase)
    }
  }

  var steerCommand: Builtin {
    Builtin(
      "steer", "Makes the intervention that adds a vector to values.",
      InterventionParameters.addresses,
      Parameter<NumberArray>("add", "The vector, as long as the value is wide.", .named),
      Parameter<Double>("by", "What the vector is multiplied by.", .named, default: 1, in: .finite),
      InterventionParameters.during,
      returns: "intervention", family: .interventions,
      alsoFoundAs: ["steering vector", "activation addition"],
      examples: [
        Example(
          """
          load "random-tiny"
          let v = capture (prompt "cat") L1.resid.post@-1
          with steer(L1.resid.post@-1, add: v, by: 2) { measure(prompt("dog"), kl) > 0 }
          """, shows: "The stream of one prompt is added to another's.", gives: .flag(true)),
        Example(
          #"load "random-tiny"; with steer(L1.mlp, add: [1, 2]) { predict (prompt "dog") }"#,
          shows: "The vector must fit.", gives: .fails("shape-mismatch")),
      ]
    ) { [self] _, addresses, vector, factor, phase throws(Failure) in
      let targets = try addresses.all(for: "steer")
      return interventions(.steer(vector, by: factor), at: targets, during: phase)
    }
  }

  var replaceCommand: Builtin {
    Builtin(
      "replace", "Makes the intervention that puts given numbers in the place of values.",
      InterventionParameters.addresses,
      Parameter<NumberArray>("with", "The numbers: a tensor, or a list for one position.", .named),
      InterventionParameters.during,
      returns: "intervention", family: .interventions, alsoFoundAs: ["write", "set", "overwrite"],
      examples: [
        Example(
          """
          load "random-tiny"
          let p = prompt "the cat"
          let same = capture p L1.resid.pre
          with replace(L1.resid.pre, with: same) { measure p kl }
          """, shows: "Replaced by what stood there.", gives: .number(0))
      ]
    ) { [self] _, addresses, numbers, phase throws(Failure) in
      interventions(.replace(numbers), at: try addresses.all(for: "replace"), during: phase)
    }
  }
}
