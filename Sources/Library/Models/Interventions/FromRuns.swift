import Analysis
import Language
import Transformers

/// Interventions that take values from another run.
extension Workbench {
  var meanAblateCommand: Builtin {
    Builtin(
      "mean_ablate", "Makes the intervention that puts the mean in the place of values.",
      InterventionParameters.addresses,
      Parameter<PromptInput?>(
        "over", "The prompts whose positions the mean is taken over; the prompt itself if none.",
        .named),
      InterventionParameters.during,
      returns: "intervention", family: .interventions, alsoFoundAs: ["mean ablation", "average"],
      details:
        "The prompts are run without interventions, and the mean is over all their positions.",
      examples: [
        Example(
          #"load "random-tiny"; with mean_ablate(L0.mlp) { measure(prompt("the cat"), kl) > 0 }"#,
          shows: "Every position gets the prompt's mean.", gives: .flag(true)),
        Example(
          #"mean_ablate L1.H2 over: ["a cat", "a dog"]"#, shows: "The mean of two other prompts.",
          gives: .text("mean_ablate L1.H2 over 2 prompts   (mean over all positions of 2 prompts)")),
      ]
    ) { [self] _, addresses, over, phase throws(Failure) in
      let targets = try addresses.all(for: "mean_ablate")
      return interventions(.meanAblate(over: over?.prompts ?? []), at: targets, during: phase)
    }
  }

  var resampleCommand: Builtin {
    Builtin(
      "resample", "Makes the intervention that takes values from a prompt drawn from several.",
      InterventionParameters.addresses,
      Parameter<PromptInput>("from", "The prompts to draw from, each as long at least.", .named),
      Parameter<Int?>(
        "seed", "What is drawn from; the session's seed by default.", .named, in: .from(0)),
      InterventionParameters.during,
      returns: "intervention", family: .interventions,
      alsoFoundAs: ["resample ablation", "corrupt", "causal scrubbing"],
      examples: [
        Example(
          """
          load "random-tiny"
          with resample(L0, from: ["a dog sat", "a cow ran"], seed: 3) {
            measure(prompt("the cat"), kl) > 0
          }
          """, shows: "The values are another prompt's.", gives: .flag(true))
      ]
    ) { [self] _, addresses, from, seed, phase throws(Failure) in
      let action = Intervention.Action.resample(from: from.prompts, seed: self.seed(seed))
      return interventions(action, at: try addresses.all(for: "resample"), during: phase)
    }
  }

  var patchCommand: Builtin {
    Builtin(
      "patch", "Makes the intervention that takes values from another prompt.",
      InterventionParameters.addresses,
      Parameter<SinglePrompt>("from", "The other prompt, run without interventions.", .named),
      Parameter<PositionSelector?>(
        "at", "Where in the other prompt; the same positions when not given.", .named),
      InterventionParameters.during,
      returns: "intervention", family: .interventions,
      alsoFoundAs: ["activation patching", "interchange", "causal tracing"],
      details: """
        Without `at`, both prompts must have the same number of tokens.
        """,
      examples: [
        Example(
          """
          load "random-tiny"
          let p = prompt "the cat"
          let q = prompt "the dog"
          with patch(L1.resid.post, from: q) {
            close(measure(p, logit("s")), measure(q, logit("s")), within: 1e-5)
          }
          """, shows: "With the last stream patched, one prompt answers as the other.",
          gives: .flag(true)),
        Example(
          #"load "random-tiny"; with patch(L1, from: "dog") { predict (prompt "the cat") }"#,
          shows: "The lengths must agree.", gives: .fails("shape-mismatch")),
      ]
    ) { [self] _, addresses, from, at, phase throws(Failure) in
      let targets = try addresses.all(for: "patch")
      return interventions(.patch(from: from.prompt, sourceAt: at), at: targets, during: phase)
    }
  }

  var freezeCommand: Builtin {
    Builtin(
      "freeze", "Makes the intervention that holds values at what they are without interventions.",
      InterventionParameters.addresses, InterventionParameters.during,
      returns: "intervention", family: .interventions, alsoFoundAs: ["hold", "fix a pattern"],
      details: "Of a norm (`L1.ln1`, `final`) its statistics are held, so that it becomes linear.",
      examples: [
        Example(
          #"load "random-tiny"; with freeze(L1.H*.pattern) { measure (prompt "the cat") kl }"#,
          shows: "Alone it changes nothing.", gives: .number(0)),
        Example(
          """
          load "random-tiny"
          with zero(L0), freeze(L1.resid.post) { measure (prompt "the cat") kl }
          """, shows: "What lies behind a held value does not notice a change before it.",
          gives: .number(0)),
      ]
    ) { [self] _, addresses, phase throws(Failure) in
      interventions(.freeze, at: try addresses.all(for: "freeze"), during: phase)
    }
  }
}
