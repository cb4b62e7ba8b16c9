import Analysis
import Corpora
import Faults
import Language
import Tensors
import Transformers

extension Workbench {
  var sampleCommand: Builtin {
    Builtin(
      "sample", "Draws so many texts, elements or rows, without replacement, in their order.",
      Parameter<Rows>("items", "A corpus, list or table.", .piped),
      Parameter<Int>("count", "How many; all when there are no more.", in: .from(0)),
      Parameter<Int?>(
        "seed", "What is drawn from; the session's seed by default.", .named, in: .from(0)),
      returns: "corpus, list or table", family: .data,
      alsoFoundAs: ["random", "draw", "subset", "choose"],
      examples: [
        Example(
          "1..100 | sample 3 seed: 1 | len", shows: "Three of a hundred numbers.",
          gives: .number(3)),
        Example(
          #"corpus "english" count: 50 seed: 1 | sample 5 seed: 2 | len"#,
          shows: "Texts of a corpus.", gives: .number(5)),
        Example("[1, 2] | sample 5", shows: "There are only two.", gives: .numbers(1, 2)),
      ]
    ) { [self] _, items, count, seed throws(Failure) in
      items.picking(
        SeededGenerator.choose(count, of: items.count, seed: self.seed(seed)))
    }
  }

  var sentencesCommand: Builtin {
    Builtin(
      "sentences", "Makes a corpus of the sentences of texts.",
      Parameter<CorpusInput>("texts", "A corpus, a list of texts, or one.", .piped),
      returns: "corpus", family: .data, alsoFoundAs: ["split by sentence", "cut"],
      details: """
        Sentences are those of the annotation. Texts without one end a sentence behind `.`, `!`, \
        `?` and their like before white space. Heads and translations go with their sentence.
        """,
      examples: [
        Example(
          #"(sentences "It rains. The cat sleeps.").texts"#, shows: "A text of two sentences.",
          gives: .strings("It rains.", "The cat sleeps."))
      ]
    ) { _, input throws(Failure) in
      let corpus = try input.corpus()
      return .host(CorpusValue(try faultsAsFailures { () throws(Fault) in try corpus.sentences() }))
    }
  }

  var alignmentCommand: Builtin {
    Builtin(
      "alignment", "Shows which word each token of a text is a piece of.",
      Parameter<CorpusInput>("text", "A text or prompt, or several.", .piped),
      returns: "table", family: .data,
      alsoFoundAs: ["word pieces", "sub-words", "offsets", "align"],
      details: """
        A token belongs to the word that covers most of it, by the offsets of both. Special tokens \
        and what stands in no word have none. For a model with two stacks these are the tokens of \
        the source, and then those of the target.
        """,
      examples: [
        Example(
          #"load "random-tiny"; alignment "a cat" | select "token" "word""#,
          shows: "A model that reads letters.",
          gives: .table(
            ("token", .strings("a", " ", "c", "a", "t")),
            ("word", [.string("a"), .null, .string("cat"), .string("cat"), .string("cat")])))
      ]
    ) { [self] _, input throws(Failure) in
      let rows = try input.rows(for: try current().model)
      return .table(Alignment.table(rows))
    }
  }
}

/// Tokens and their words as a table.
private enum Alignment {
  static func table(_ rows: [AnnotatedRow]) -> Table {
    var records: [Record] = []
    let hasTargets = rows.contains { $0.row.source != nil }
    for (index, row) in rows.enumerated() {
      var sides = [("source", row.tokens, row.words, row.text.words)]
      if row.row.source != nil {
        sides.append(("target", row.row.tokens, row.targetWords, row.text.targetWords))
      }
      for (side, tokens, places, words) in sides {
        for (position, token) in tokens.enumerated() {
          let word = places[position].map { words[$0] }
          var fields: [(String, Value)] = rows.count > 1 ? [("text", .int(index))] : []
          if hasTargets { fields.append(("side", .string(side))) }
          fields.append(("position", .int(position)))
          fields.append(("token", .string(token.text)))
          fields.append(("place", places[position].map { .int($0) } ?? .null))
          fields.append(("word", word.map { .string($0.text) } ?? .null))
          fields.append(("upos", word?.partOfSpeech.map { .string($0) } ?? .null))
          fields.append(("head", word?.head.map { .int($0) } ?? .null))
          fields.append(("relation", word?.relation.map { .string($0) } ?? .null))
          records.append(Record(fields))
        }
      }
    }
    return Table(rows: records, notes: rows.notes)
  }
}
