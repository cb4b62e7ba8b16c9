import Analysis
import Faults
import Language
import Statistics
import Transformers

extension Workbench {
  var amountOfInfluenceCommand: Builtin {
    Builtin(
      "amount_of_influence",
      "Measures how much the other tokens' vectors rest on groups of tokens, by layer.",
      Parameter<CorpusInput>("corpus", "Texts.", .piped),
      Parameter<TokenGroups.Division>(
        "by", "What makes the groups: the rank of the token in the corpus, or the part of speech.",
        .named, default: .frequency, choices: TokenGroups.Division.choices),
      Parameter<Int>(
        "sentences", "The most sentences of a group.", .named, default: 300, in: .from(1)),
      SampleParameters.side,
      SampleParameters.seed,
      returns: "table", family: .representations,
      alsoFoundAs: ["pwcca", "attention knockout", "mask a token", "frequency", "bottom-up"],
      details: """
        In each sentence one token of the group is hidden from all others in one block: no other \
        token can attend to it there. `distance` is the PWCCA distance between the other tokens' \
        vectors behind the block as they are and as they then become (Voita, Sennrich and Titov \
        2019); `turn` is 1 - cos of the two, and `growth` the length of the difference as a share \
        of the vector, on average. `null` is the distance of views that have nothing to do with \
        each other; a token that nobody attends to gives 0.

        Groups have equally many sentences of the same lengths, and as many vectors. Where tokens \
        see only what stands before them, only tokens behind the hidden one are compared: the \
        others cannot change. Special tokens are neither hidden nor compared.
        """,
      examples: [
        Example(
          #"load "random-tiny"; let t = amount_of_influence (corpus "english" count: 60) sentences: 25; t.layer | unique"#,
          shows: "A row for each block and group.", gives: .numbers(1, 2)),
        Example(
          #"load "random-tiny"; amount_of_influence "the cat sat""#,
          shows: "One sentence is too little.", gives: .fails("too-few-tokens")),
      ]
    ) { [self] context, corpus, division, sentences, side, seed throws(Failure) in
      let experiment = try experiment()
      let tokens = try tokens(of: corpus, for: experiment, side)
      var options = AmountOfInfluence.Options()
      (options.division, options.sentences) = (division, sentences)
      options.seed = self.seed(seed)
      return try faultsAsFailures { () throws(Fault) in
        let found = try AmountOfInfluence(
          experiment, tokens, options, progress: context.progress("influence"))
        return .table(found.table(notes: tokens.rows.notes + notes))
      }
    }
  }
}

extension AmountOfInfluence {
  /// The result as a table, with what else must be said of it.
  func table(notes: [String]) -> Table {
    influences.table(
      groups,
      notes: [
        "\(Value.count(sentences, "sentence")) of each group, \(Value.count(rows, "vector")) of "
          + (isCausal ? "tokens behind the hidden one" : "other tokens")
          + (skipped.isEmpty
            ? "" : "; in too few sentences and left out: " + skipped.joined(separator: ", ")),
        ViewDistance.legend, "layer 1 is the first block (L0)",
      ] + notes)
  }
}
