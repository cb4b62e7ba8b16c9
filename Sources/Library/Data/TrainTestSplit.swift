import Corpora
import Faults
import Language
import Statistics

extension Workbench {
  var trainTestSplitCommand: Builtin {
    Builtin(
      "train_test_split", "Parts texts or rows into those to learn from and a held-out rest.",
      Parameter<Rows>("items", "A corpus, list, table or gathered activations.", .piped),
      Parameter<Double>(
        "test", "The share that is held out.", .named, default: HeldOut.share, in: .inside(0, 1)),
      Parameter<Int?>(
        "seed", "What is drawn from; the session's seed by default.", .named, in: .from(0)),
      returns: "record", family: .data,
      alsoFoundAs: ["split", "hold out", "held out", "validation", "cross-validation"],
      details: """
        The answer has the fields `train` and `test`, of the same kind as the items and in their \
        order. They have nothing in common: equal items go to the same part, and of gathered \
        activations all tokens of a text. The same seed gives the same parts. A text is whatever \
        the corpus holds; `sentences` makes texts of sentences. `corpus … split:` takes one of the \
        two parts of a file or list at once.
        """,
      examples: [
        Example(
          "let s = 1..10 | train_test_split test: 0.3 seed: 1; [len(s.train), len(s.test)]",
          shows: "Three of ten are held out.", gives: .numbers(7, 3)),
        Example(
          #"let s = corpus ["a", "b", "a", "c", "a"] | train_test_split seed: 1; "#
            + "s.train.texts | where { it in s.test.texts } | len",
          shows: "No text is in both parts.", gives: .number(0)),
        Example(
          "train_test_split [1, 1, 1]", shows: "Equal items cannot be parted.",
          gives: .fails("too-few-rows")),
      ]
    ) { [self] context, items, share, seed throws(Failure) in
      let parts = try HeldOut.parts(of: items, share: share, seed: self.seed(seed), context)
      return .record(
        Record([("train", items.picking(parts.train)), ("test", items.picking(parts.test))]))
    }
  }
}

/// Which items are held out.
enum HeldOut {
  /// The share that is held out unless told otherwise.
  static let share = 0.2

  /// The parts of items; equal ones stay together.
  static func parts(
    of items: Rows, share: Double, seed: UInt64, _ context: Context
  ) throws(Failure) -> HoldOut {
    if case .items(let corpus as CorpusValue) = items {
      return try parts(of: corpus.corpus, share: share, seed: seed, context)
    }
    if case .items(let activations as ActivationsValue) = items {
      return try parts(
        activations.activations.tokens.map(\.text), share: share, seed: seed)
    }
    return try parts(items.values, share: share, seed: seed)
  }

  /// The parts of a corpus, whose texts are read once and not kept.
  static func parts(
    of corpus: Corpus, share: Double, seed: UInt64, _ context: Context
  ) throws(Failure) -> HoldOut {
    var texts: [[String?]] = []
    for place in 0..<corpus.count {
      if place % 256 == 0 {
        context.output.progress(place, of: corpus.count, "split")
        try context.interruption.check()
      }
      let text = try faultsAsFailures { () throws(Fault) in try corpus.text(at: place) }
      texts.append([text.text, text.pair])
    }
    return try parts(texts, share: share, seed: seed)
  }

  private static func parts<Group: Hashable>(
    _ groups: [Group], share: Double, seed: UInt64
  ) throws(Failure) -> HoldOut {
    do throws(StatisticsError) {
      return try HoldOut(groups: groups, share: share, seed: seed)
    } catch {
      throw Failure(
        "too-few-rows", error.description, argument: "items",
        help: "equal items stay together; give more that differ")
    }
  }
}
