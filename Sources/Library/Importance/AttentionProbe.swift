import Analysis
import Faults
import Language
import Statistics
import Transformers

extension Workbench {
  var attentionProbeCommand: Builtin {
    Builtin(
      "attention_probe",
      "Finds each word's head by attention alone, beside what needs no attention.",
      Parameter<CorpusInput>("corpus", "A corpus of sentences with trees.", .piped),
      Parameter<AddressInput?>(
        "heads", "Which heads the probe may use; all of the first stack if none."),
      Parameter<Int>(
        "epochs", "How often a probe sees each sentence.", .named, default: 5,
        in: .from(1, to: 100_000)),
      Parameter<Double>(
        "rate", "How far a step of Adam goes.", .named, default: 0.002, in: .above(0)),
      Parameter<Double>(
        "test", "The share of the texts that the scores are of.", .named, default: 0.25,
        in: .inside(0, 1)),
      WeightChoice.parameter(.both),
      Parameter<Int>(
        "hidden", "How many units the baseline of distances has.", .named, default: 256,
        in: .from(1, to: 100_000)),
      Parameter<Int?>(
        "seed", "What everything random is drawn from; the session's by default.", .named,
        in: .from(0)),
      returns: "table", family: .heads,
      alsoFoundAs: ["syntax", "parsing", "UAS", "dependency probe", "Clark", "treebank"],
      details: """
        `attention`: ln p of a candidate is a weighted sum of what the heads give it and get from \
        it. `attention and vectors`: the weights are linear in what enters the first layer at the two \
        words. `distances and vectors`: a hidden layer of tanh units knows the vectors and the distance \
        alone (Clark et al. 2019, section 5). The root has what words give to the row's first and last \
        special token, and get from them, mixed by learnt shares, and a learnt constant. Candidates \
        are the words of the sentence. `uas` counts words but punctuation that get their head, in texts \
        that were not learnt from; intervals are 95 % over texts. What random weights reach is what the \
        probe itself knows.
        """,
      examples: [
        Example(
          """
          load "random-tiny"
          let c = corpus "english" count: 6 seed: 1
          (attention_probe c epochs: 1 hidden: 4).probe
          """, shows: "Probes, their controls, and baselines.",
          gives: .strings(
            "attention", "attention and vectors", "distances and vectors",
            "attention, random weights", "attention and vectors, random weights",
            "head is the next word", "head is the word before")),
        Example(
          #"load "random-tiny"; attention_probe "the cat sees the dog.""#,
          shows: "There must be trees.", gives: .fails("missing-column")),
      ]
    ) {
      [self] context, input, address, epochs, rate, test, weights, hidden, seed throws(Failure) in
      var settings = AttentionProbe.Settings()
      settings.epochs = epochs
      settings.rate = rate
      settings.testShare = test
      settings.hasControl = weights == .both
      settings.hidden = hidden
      settings.seed = self.seed(seed)
      let experiment = try experiment()
      let rows = try input.rows(for: experiment.model)
      let heads = try faultsAsFailures("heads") { () throws(Fault) in
        try HeadSelection(address?.addresses ?? [], in: experiment.model.description)
      }
      // The probe makes its own control, which has to be scored on the same texts.
      let alone: WeightChoice = weights == .random ? .random : .own
      let found = try alone.measure(experiment, seed: settings.seed) {
        experiment, label throws(Failure) in
        try faultsAsFailures { () throws(Fault) in
          try AttentionProbe(rows, heads: heads, settings: settings, with: experiment) {
            share throws(Fault) in
            context.output.progress(Int(1000 * share), of: 1000, "attention_probe" + label)
            if context.interruption.isRequested { throw .interrupted }
          }
        }
      }
      let probe = found.reading
      context.output.progress(1000, of: 1000, "attention_probe")
      record(experiment, rows.map(\.row))
      return .table(
        Table(
          [
            .init("probe", probe.scores.map { .string($0.name) }),
            .init("uas", probe.scores.map { .number($0.accuracy.value) }, style: .bar(maximum: 1)),
            .init("low", probe.scores.map { .number($0.accuracy.low) }),
            .init("high", probe.scores.map { .number($0.accuracy.high) }),
          ],
          notes: [
            "\(Value.count(probe.words, "word")) of \(Value.count(probe.sentences, "sentence")); "
              + "learnt from \(probe.learnt)"
          ] + rows.notes + found.notes + notes))
    }
  }
}
