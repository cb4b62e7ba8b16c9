import Analysis
import Faults
import Language
import Statistics
import Transformers

extension Workbench {
  var amountOfChangeCommand: Builtin {
    Builtin(
      "amount_of_change", "Measures how much each layer changes the vectors of groups of tokens.",
      SampleParameters.tokens(),
      Parameter<TokenGroups.Division>(
        "by", "What makes the groups: the rank of the token in the corpus, or the part of speech.",
        .named, default: .frequency, choices: TokenGroups.Division.choices),
      SampleParameters.each(2_000, of: "group"),
      SampleParameters.side,
      SampleParameters.seed,
      returns: "table", family: .representations,
      alsoFoundAs: ["pwcca", "change between layers", "frequency", "bottom-up"],
      details: """
        `distance` is the PWCCA distance between the vectors that enter a block and those that \
        leave it, over equally many tokens of each group (Voita, Sennrich and Titov 2019); it does \
        not see what an invertible linear map does. So `turn` is 1 - cos of the two vectors beside \
        it, and `growth` the length of the change as a share of the vector, on average over tokens. \
        `null` is the distance of views that have nothing to do with each other.

        Groups by frequency are ranks among the types of the corpus, the most frequent first. All \
        groups have as many tokens as the smallest; those with fewer than two tokens for each \
        coordinate are left out. With fewer than ten, the views are reduced to principal components \
        first. Of gathered activations, the change from each site to the next is measured.
        """,
      examples: [
        Example(
          #"load "random-tiny"; let t = amount_of_change (corpus "english" count: 60) each: 100; t.layer | unique"#,
          shows: "A row for each block and group.", gives: .numbers(1, 2)),
        Example(
          #"load "random-tiny"; amount_of_change "the cat sat""#,
          shows: "One sentence is too little.", gives: .fails("too-few-tokens")),
      ]
    ) { [self] context, corpus, division, each, side, seed throws(Failure) in
      let layered = try layers(of: corpus, side)
      var options = AmountOfChange.Options()
      (options.division, options.each, options.seed) = (division, each, self.seed(seed))
      return try faultsAsFailures { () throws(Fault) in
        let found = try AmountOfChange(
          layered.layers, options, progress: context.progress("change"))
        return .table(found.table(names: layered.names, notes: layered.notes))
      }
    }
  }
}

extension AmountOfChange {
  /// The result as a table, with what else must be said of it.
  ///
  /// - Parameter names: What the layers are called; nil where numbers are enough.
  func table(names: [String]? = nil, notes: [String]) -> Table {
    let first = names == nil ? ["layer 1 is what the first block (L0) changes"] : []
    return changes.table(
      groups, names: names,
      notes: [
        "\(Value.count(each, "token")) of each group"
          + (skipped.isEmpty ? "" : "; too small and left out: " + skipped.joined(separator: ", ")),
        ViewDistance.legend,
      ] + first + notes)
  }
}
