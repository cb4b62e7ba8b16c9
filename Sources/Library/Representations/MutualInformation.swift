import Analysis
import Faults
import Foundation
import Language
import Statistics
import Tensors
import Transformers

extension Workbench {
  var mutualInformationCommand: Builtin {
    Builtin(
      "mutual_information", "Measures how much of each token can be read off its vector, by layer.",
      SampleParameters.tokens(),
      Parameter<TokenInformation.Label>(
        "label", "Which token: the one that is read, the next one, or the one that was hidden.",
        .named, default: .input, choices: TokenInformation.Label.choices),
      Parameter<TextState?>(
        "data",
        "Whether a masked model reads texts as they are, or with tokens hidden as in training; "
          + "hidden where the label is.", .named, choices: TextState.choices),
      SampleParameters.types(100, from: 2),
      SampleParameters.each(1_000, from: 2),
      Parameter<Int?>(
        "clusters", "How many; as many as the tokens allow if nothing is said.", .named,
        in: .from(2)),
      Parameter<Bool>(
        "bound", "Whether a linear classifier bounds the information from below as well.", .named,
        default: false),
      SampleParameters.side,
      SampleParameters.seed,
      returns: "table", family: .representations,
      alsoFoundAs: ["mi", "token identity", "information", "bottom-up", "k-means"],
      details: """
        Takes equally many tokens of each of the most frequent types, clusters their vectors with \
        k-means on half of the sentences, and counts on the other half which types fall into which \
        cluster (Voita, Sennrich and Titov 2019). `information` is the mutual information of type \
        and cluster in nats, less what the same labels show in a random order (`null`); `plain` is \
        the estimate before that, nearly all bias where tokens are few. `share` is the part of the \
        entropy of the types: 1 when a vector tells its token.

        Published work takes 1,000 types of 1,000 tokens and 10,000 clusters. With less text there \
        are fewer types and clusters: 10 for each type, or one for each 50 tokens if these are \
        fewer. A type is taken when it occurs 20 times. Mutual information itself is never \
        negative; `information` may be a little so, by chance. It need not fall from layer to \
        layer: a token's identity can come back from other tokens.

        `bound: true` also trains a linear classifier on the one half: the entropy less its loss on \
        the other half is no more than what the vectors tell, whatever the clusters. It takes \
        longer.

        The examples of `next` are tokens whose next token is another one, those of `masked` the \
        hidden tokens in whose place the model reads another one: of 15 in 100 tokens, 80 % become \
        the mask, 10 % a random token, and 10 % stay.
        """,
      examples: [
        Example(
          #"load "random-tiny"; let t = mutual_information (corpus "english" count: 60) types: 10; t.layer"#,
          shows: "A row for what enters the first block, and for what leaves each.",
          gives: .numbers(0, 1, 2)),
        Example(
          #"load "random-tiny"; mutual_information "the cat sat""#,
          shows: "One sentence is too little.", gives: .fails("too-few-tokens")),
      ]
    ) {
      [self] context, corpus, label, data, types, each, clusters, isBounded, side, seed
        throws(Failure) in
      var options = TokenInformation.Options()
      (options.label, options.types, options.each) = (label, types, each)
      (options.clusters, options.isBounded) = (clusters, isBounded)
      options.seed = self.seed(seed)
      let layered: LayeredInput
      if case .activations(let activations) = corpus {
        let finite = try faultsAsFailures { () throws(Fault) in try FiniteTokens(activations) }
        layered = try LayeredInput(
          activations, finite, refusing: [("side", side != nil), ("data", data != nil)])
      } else if (data ?? (label == .masked ? .corrupted : .clean)) == .corrupted {
        let drawn = options.seed
        layered = try layers(of: corpus, side) { tokens, experiment throws(Fault) in
          try tokens.corrupted(for: experiment.model, seed: drawn)
        }
      } else {
        layered = try layers(of: corpus, side)
      }
      return try faultsAsFailures { () throws(Fault) in
        let found = try TokenInformation(
          layered.layers, options, progress: context.progress("mutual information"))
        return .table(found.table(layered))
      }
    }
  }
}

extension TokenInformation {
  fileprivate func table(_ input: LayeredInput) -> Table {
    var columns: [(String, (Layer) -> Value)] = [
      ("information", { .number($0.information.value) }),
      ("low", { .number($0.information.low) }),
      ("high", { .number($0.information.high) }),
      ("share", { .number($0.information.value / entropy) }),
      ("plain", { .number($0.plain) }),
      ("null", { .number($0.null) }),
    ]
    if layers.contains(where: { $0.bound != nil }) {
      columns.append(("bound", { $0.bound.map { .number($0.value) } ?? .null }))
      columns.append(("bound_low", { $0.bound.map { .number($0.low) } ?? .null }))
      columns.append(("bound_high", { $0.bound.map { .number($0.high) } ?? .null }))
    }
    let bits = entropy * Information.bitsPerNat
    let numbers = columns.map { name, value in
      Table.Column(name, layers.map(value), style: name == "share" ? .bar(maximum: 1) : .plain)
    }
    return Table(
      [input.column(layers.map(\.layer))] + numbers,
      notes: [
        "\(Value.count(types.count, "type")) of \(Value.count(each, "token")) each"
          + (input.layers.facts.isCorrupted ? " in corrupted texts" : "")
          + ", \(counted) of them counted in \(Value.count(clusters, "cluster")); entropy "
          + "\(Value.brief(entropy)) nats, \(Value.brief(bits)) bits",
        "null: labels in a random order, already taken off; " + RepresentationNotes.interval,
      ] + input.layerNotes + input.notes)
  }
}
