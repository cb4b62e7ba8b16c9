import Analysis
import Faults
import Language
import Statistics
import Transformers

extension Workbench {
  var contextualizationCommand: Builtin {
    Builtin(
      "contextualization", "Measures how far a word's vectors part by its senses, layer by layer.",
      Parameter<CorpusInput>("texts", "Texts with ambiguous words whose senses are known.", .piped),
      Parameter<String?>(
        "word", "One ambiguous word; all whose senses the corpus knows if none.", .named),
      Parameter<Int>(
        "most", "At most so many occurrences of a word.", .named, default: 200, in: .from(3)),
      Parameter<Int>(
        "pairs", "How many random pairs of tokens the baseline is made of.", .named,
        default: 1000, in: .from(1, to: 1_000_000)),
      Parameter<Int?>(
        "seed", "What is drawn from; the session's seed by default.", .named, in: .from(0)),
      returns: "table", family: .representations,
      alsoFoundAs: [
        "word sense", "polysemy", "ambiguous", "bank", "context", "disambiguation", "anisotropy",
      ],
      details: """
        Cosines between all occurrences of a word, of the same sense and of different ones. In many \
        models all vectors lean the same way, so the mean cosine of random pairs of tokens \
        (`baseline`) is taken from both. `difference` is `within` less `across`, with its 95 % \
        interval over texts; `p` is the chance of so great a one when senses are exchanged among a \
        word's occurrences, `found` corrects for the number of layers (Benjamini–Hochberg, q 0.05), \
        and `random` is the difference in the same model with random weights. A word of several \
        tokens is the mean of their vectors; in a model with two stacks the encoder is looked at.

        The generator's documents of the kind `sense` say which sense is meant. Other texts can say \
        it in a column `sense` of the corpus; `word` is needed then.
        """,
      examples: [
        Example(
          #"load "random-tiny"; corpus "english" count: 40 kinds: "sense" seed: 1 | contextualization | len"#,
          shows: "Three streams of two layers.", gives: .number(3)),
        Example(
          #"load "random-tiny"; contextualization ["I sat on the bank."] word: "bank""#,
          shows: "The senses must be known.", gives: .fails("too-few")),
      ]
    ) { [self] context, input, word, most, pairs, seed throws(Failure) in
      let experiment = try experiment()
      let rows = try input.rows(for: experiment.model)
      let drawn = self.seed(seed)
      let occurrences = rows.occurrences(of: word)
      let (found, random) = try faultsAsFailures { () throws(Fault) in
        let found = try experiment.contextualization(
          of: occurrences, in: rows, most: most, pairs: pairs, seed: drawn,
          progress: context.steps("contextualization"))
        let random = try experiment.randomised(seed: drawn).contextualization(
          of: occurrences, in: rows, most: most, pairs: pairs, seed: drawn,
          progress: context.steps("the same with random weights"))
        return (found, random)
      }
      record(experiment, rows.map(\.row))
      return .table(found.table(random: random, notes: rows.notes + notes))
    }
  }
}

extension Contextualization {
  fileprivate func table(random: Contextualization, notes: [String]) -> Table {
    let tests = readings.map(\.contrast.test)
    let discoveries = BenjaminiHochberg.discoveries(tests.map(\.p))
    func column(_ name: String, _ number: (Reading) -> Double) -> Table.Column {
      Table.Column(
        name, readings.map { number($0).isNaN ? .null : .number(number($0)) })
    }
    return Table(
      [
        Table.Column("at", readings.map { .host($0.address) }),
        column("within", \.within), column("across", \.across), column("baseline", \.baseline),
        column("difference", \.contrast.difference.value),
        column("low", \.contrast.difference.low), column("high", \.contrast.difference.high),
        column("p", \.contrast.test.p),
        Table.Column(
          "found", zip(tests, discoveries).map { $0.p.isNaN ? .null : .bool($1) }),
        Table.Column("random", random.readings.map { .number($0.contrast.difference.value) }),
      ], notes: [countsText] + notes)
  }

  private var countsText: String {
    let words = Dictionary(grouping: counts, by: \.word).sorted { $0.key < $1.key }
    let shown = words.prefix(4).map { word, senses in
      let parts = senses.map { "\($0.sense) \($0.count)" }.joined(separator: ", ")
      return "\(word) (\(parts))"
    }
    let rest = words.count > shown.count ? " and \(words.count - shown.count) more" : ""
    let total = counts.reduce(0) { $0 + $1.count }
    let missing = skipped > 0 ? "; \(skipped) without a direction left out" : ""
    return "\(Value.count(total, "occurrence")): " + shown.joined(separator: ", ") + rest
      + missing
  }
}
