import Analysis
import Faults
import Language
import Transformers

extension Workbench {
  var headWeightsCommand: Builtin {
    Builtin(
      "head_weights",
      "Measures how much heads write, and what that has to do with what they are for.",
      Parameter<CorpusOrHeads?>(
        "corpus", "Texts to measure what is written and lost on; weights alone without.", .piped),
      Parameter<[AddressInput]>("heads", "Heads, such as L1.H2 or L1; all of them if none.", .rest),
      Parameter<Bool>(
        "tests", "Give tests of whether size tells what is lost instead.", .named, default: false),
      Parameter<HeadAblation>(
        "ablation", "What a silenced head writes: \"zero\" or its \"mean\".", .named,
        default: .zero, choices: HeadAblation.choices),
      Parameter<ModelValue?>(
        "against",
        "Another checkpoint of the architecture: what changed from it to the model in use.", .named),
      WeightChoice.parameter(.both),
      Parameter<Int?>(
        "seed", "For masks and intervals; the session's by default.", .named, in: .from(0)),
      returns: "table", family: .heads,
      alsoFoundAs: [
        "OV circuit", "output weight", "singular values", "effective rank", "importance", "norm",
      ],
      details: """
        Sizes are read off W_V·W_O with the norms folded in, because W_V and W_O by themselves \
        mean nothing: W_V·G and G⁻¹·W_O are the same head. `norm` is the Frobenius norm, `top` \
        the greatest singular value, `rank` how many directions share it, `share` the head's share of its layer's squared norms. \
        `unembed` and `readers` tell how much longer what the head writes comes out of the \
        unembedding, and out of the queries, keys, values and MLPs of later layers, than \
        directions at random would: 1 is no preference.

        With texts there is also `writes`, the mean length of what the head writes at a token, \
        and `loss`, what the model's loss gains when the head is silenced, with a 95 % interval \
        over texts and `q`, the rate of false discoveries (Benjamini–Hochberg over all heads) at \
        which the gain is one.

        `tests: true` compares sizes with `loss`, `writes` and the scores of roles (as `head_roles` \
        has them) inside layers: Spearman's rho, what \
        a size adds to R² given everything else, and AUC, how well a small norm tells the heads \
        that can be silenced at no cost. `null` is the mean of 1000 permutations inside layers.

        Heads of the same model with random weights say what the numbers are where nothing was \
        learnt: a note under the table, a column `random` in the tests.

        `against` compares with another checkpoint, such as the one before fine-tuning: `writing` \
        and `looking` are the changes of W_V·W_O and W_Q·W_Kᵀ as shares of what they were, `cosine` \
        that of both W_V·W_O; unrelated weights give √2 and 0. With texts, `gain` is how much more \
        the loss needs the head now than it did before, with its interval and `q`.
        """,
      examples: [
        Example(
          #"load "random-tiny"; round(sum((head_weights L1).share), 6)"#,
          shows: "Weights alone: shares of a layer.", gives: .number(1)),
        Example(
          #"load "random-tiny"; head_weights ["the cat sat", "a dog"] L1 | len"#,
          shows: "With what is written and lost on texts.", gives: .number(4)),
        Example(
          #"let m = load "random-tiny"; (head_weights against: m).writing | max"#,
          shows: "A model does not differ from itself.", gives: .number(0)),
      ]
    ) {
      [self] context, input, further, isTest, ablation, other, weights, seed throws(Failure) in
      let experiment = try experiment()
      let addresses = (input?.addresses ?? []) + further.flatMap(\.addresses)
      let places = try faultsAsFailures("heads") { () throws(Fault) in
        try experiment.model.description.namedHeads(addresses)
      }
      let seed = self.seed(seed)
      if let other {
        return .table(
          try HeadChangesView(
            before: Experiment(
              model: other.model,
              runtime: try faultsAsFailures("against") { () throws(Fault) in
                try other.model.runtime(settings.precision)
              }),
            after: experiment, places: places, ablation: ablation, seed: seed, context: context
          ).table(input?.corpus, notes: notes))
      }
      guard let corpus = input?.corpus else {
        if isTest {
          throw Failure(
            "missing-argument", "the tests need texts", argument: "corpus",
            help: #"give some:   corpus "english" count: 50 | head_weights tests: true"#)
        }
        return .table(
          try weights.table(experiment, seed: seed, summing: HeadWeightsView.scores) {
            experiment, _ throws(Failure) in
            try faultsAsFailures { () throws(Fault) in
              try HeadWeightsView(experiment: experiment, places: places).table(notes: notes)
            }
          })
      }
      let rows = try corpus.rows(for: experiment.model)
      let measure = { (experiment: Experiment, suffix: String) throws(Failure) -> Table in
        try faultsAsFailures { () throws(Fault) in
          var view = try HeadWeightsView(experiment: experiment, places: places)
          try view.measure(rows, ablation, withRoles: isTest, seed: seed) {
            done, total, label throws(Fault) in
            if context.interruption.isRequested { throw .interrupted }
            context.output.progress(done, of: total, label + suffix)
          }
          return isTest
            ? try view.tests(notes: self.notes) : try view.table(notes: self.notes)
        }
      }
      return .table(
        isTest
          ? try weights.table(
            experiment, seed: seed, [("value", "random")], by: "test", and: ["size", "measure"],
            measure)
          : try weights.table(
            experiment, seed: seed, summing: HeadWeightsView.scores, measure))
    }
  }
}

extension HeadAblation: ChoiceArgument {
  /// What messages call it.
  public static var kind: String { "ablation" }
}

extension ModelDescription {
  /// The heads that addresses name, each once and in the model's order; all of them for none.
  func namedHeads(_ addresses: [Address]) throws(Fault) -> [HeadPlace] {
    if addresses.isEmpty { return allHeads }
    var places: Set<HeadPlace> = []
    for address in addresses { places.formUnion(try heads(of: address)) }
    return places.sorted()
  }
}
