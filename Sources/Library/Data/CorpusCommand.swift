import Corpora
import Faults
import Language

extension Workbench {
  var corpusCommand: Builtin {
    Builtin(
      "corpus", "Reads or generates texts with their annotation.",
      Parameter<CorpusSource>(
        "source",
        "A file, a list of texts or of records, or \"english\" for the built-in generator.", .piped),
      Parameter<Int?>(
        "count", "How many texts: 1000 of \"english\", all of a file by default.", .named,
        in: .from(0, to: 10_000_000)),
      Parameter<Int?>(
        "seed", "What \"english\" and parts are drawn from; the session's seed by default.", .named,
        in: .from(0)),
      Parameter<KindShares?>(
        "kinds", "Which documents of \"english\": a kind, a list, or a record of shares.", .named),
      Parameter<Split?>(
        "split",
        "The part to learn from, the held-out one, or all; of \"english\" the held-out one by "
          + "default, else all.", .named, choices: Split.choices),
      Parameter<CorpusFormat?>(
        "format", "How a file is written; its name's ending says so by default.", .named,
        choices: CorpusFormat.choices),
      Parameter<String?>("text", "The column of the text.", .named),
      Parameter<String?>("pair", "The column of a second text.", .named),
      Parameter<String?>("target", "The column of the translation.", .named),
      Parameter<TextUnit?>(
        "by", "What a text is: a sentence or a document.", .named, choices: TextUnit.choices),
      returns: "corpus", family: .data,
      alsoFoundAs: ["texts", "data", "dataset", "treebank", "CoNLL-U", "sentences", "read"],
      details: """
        A file is text (a sentence or document a line), CoNLL-U (.conllu), JSON lines (.jsonl) or \
        cells between tabs under a line of names (.tsv). Where the text, the second text and the \
        translation stand is found by usual names (text, sentence, …; pair, sentence2, …; target, \
        translation) or said by `text`, `pair` and `target`; comments of a treebank count as \
        columns too. What stands in other columns stays with the text.

        Of a treebank, a text is a sentence, with `by: "document"` what stands between `# newdoc` \
        lines. Of "english" a text is a document of one or two sentences, with its truth: words, \
        parts of speech, heads, entities, senses and a Korean translation. By default it is held \
        out: no built-in model has trained on it. Texts without annotation are cut into words at \
        white space and punctuation.

        `split` parts a file or list by the seed: a fifth of the texts is "test", the rest "train", \
        and equal texts go to the same part (`train_test_split` does it with other shares). What \
        "english" holds out does not depend on the seed.

        Files are read piece by piece and documents made when they are asked for. `where`, `each`, \
        `first`, `sort`, `sample`, `sentences` and indices work on a corpus.
        """,
      examples: [
        Example(
          #"corpus(["The cat sleeps.", "It rains."])[0].words.word"#,
          shows: "Texts of a list, and the words of one.",
          gives: .strings("The", "cat", "sleeps", ".")),
        Example(
          #"corpus "english" count: 3 seed: 1 kinds: "fact" | each { it.kind }"#,
          shows: "Generated documents and what is known of them.",
          gives: .strings("fact", "fact", "fact")),
        Example(
          #"corpus [{question: "Is it late?", n: 1}, {question: "Why?", n: 2}] text: "question""#
            + #" | where { it.n == "2" } | len"#,
          shows: "Records with named columns, and a filter.", gives: .number(1)),
        Example(
          "save \"# text = It rains.\\n1\\tIt\\tit\\tPRON\\t_\\t_\\t2\\tnsubj\\t_\\t_\\n2\\trains"
            + "\\train\\tVERB\\t_\\t_\\t0\\troot\\t_\\tSpaceAfter=No\\n3\\t.\\t.\\tPUNCT\\t_\\t_\\t2"
            + "\\tpunct\\t_\\t_\\n\" \"t.txt\"\ncorpus(\"t.txt\", format: \"conllu\")[0].words.upos",
          shows: "A treebank.", gives: .strings("PRON", "VERB", "PUNCT")),
        Example(
          #"corpus "no-such-file.conllu""#, shows: "The file must be there.",
          gives: .fails("cannot-read")),
      ]
    ) {
      [self] context, source, count, seed, kinds, split, format, text, pair, target, unit
        throws(Failure) in
      let columns = TextColumns(text: text, pair: pair, target: target)
      var corpus: Corpus
      switch source {
      case .english:
        corpus = Corpus(
          GeneratedTexts(
            count: count ?? 1_000, seed: self.seed(seed),
            mixture: kinds?.mixture ?? .standard, split: split ?? .test))
        if unit == .sentence {
          corpus = try faultsAsFailures { [corpus] () throws(Fault) in try corpus.sentences() }
        }
      case .file(let path):
        let place = try context.pathForReading(path, argument: "source")
        corpus = Corpus(
          try faultsAsFailures("source") { () throws(Fault) in
            try FileTexts(
              path: place, name: path,
              format: format ?? CorpusFormat(path: path), columns: columns,
              byDocument: unit == .document)
          })
      case .values(let values):
        corpus = Corpus(try CorpusSource.texts(values, columns))
      }
      if let split, split != .all, !source.isGenerated {
        let parts = try HeldOut.parts(
          of: corpus, share: HeldOut.share, seed: self.seed(seed), context)
        corpus = corpus.picking(split == .train ? parts.train : parts.test)
      }
      if let count, count < corpus.count { corpus = corpus.picking(Array(0..<count)) }
      return .host(CorpusValue(corpus))
    }
  }
}
