import Analysis
import Language
import Statistics
import Tensors
import Transformers

extension Workbench {
  var preservationCommand: Builtin {
    Builtin(
      "preservation", "Measures what tokens with similar vectors have in common, by layer.",
      Parameter<CorpusInput>("corpus", "Texts; one that comes again counts once.", .piped),
      Parameter<Preservation.Property>(
        "property", "What they may share.", default: .token,
        choices: Preservation.Property.choices),
      Parameter<Int>("k", "How many neighbours.", .named, default: 10),
      Parameter<Preservation.Metric>(
        "metric", "What near means.", .named, default: .cosine,
        choices: Preservation.Metric.choices),
      Parameter<Int>("types", "The most types of tokens.", .named, default: 50),
      Parameter<Int>("each", "The most tokens of a type.", .named, default: 60),
      Parameter<StackInput?>(
        "stack", "Of a model with two; the encoder if nothing is said.", .named,
        choices: StackInput.choices),
      Parameter<Int?>("seed", "For the sample; the session's seed by default.", .named),
      returns: "table", family: .representations,
      alsoFoundAs: ["nearest neighbours", "token identity", "position", "context", "bottom-up"],
      details: """
        For each token of a sample with equally many tokens of each type, the `k` tokens with the \
        nearest vectors are looked up, its own sentence left out (Voita, Sennrich and Titov 2019). \
        `score` is the share of them that are the same token ("token"), or, among tokens of one \
        type, the share with the same token to the left or right ("left", "right"), or with the \
        same part of speech or relation of the word ("upos", "deprel"). For "position" it is how \
        many places apart they stand, on average: small is well kept. `hit` is the share of the \
        tokens that share the property with one of the `k` at least. `null` and `hit_null` are \
        what neighbours drawn at random from the same sample give.

        Neighbours are near by the cosine, the Euclidean distance, or the Euclidean distance after \
        "whitened" gave all directions the same variance. A distance between views such as PWCCA \
        is not defined for two vectors.
        """,
      examples: [
        Example(
          #"load "random-tiny"; let t = preservation (corpus "english" count: 60) types: 8 each: 20 k: 5; t[0].score > t[0].null"#,
          shows: "Embeddings tell tokens apart.", gives: .flag(true)),
        Example(
          #"load "random-tiny"; preservation "the cat" "position""#,
          shows: "There must be other tokens of the type.", gives: .fails("too-few-tokens")),
      ]
    ) { [self] context, corpus, property, k, metric, types, each, stack, seed throws(Failure) in
      for (name, number, least) in [("k", k, 1), ("types", types, 1), ("each", each, k + 1)] {
        guard number >= least else {
          throw Failure(
            "out-of-range", "`\(name)` must be \(least) or more, not \(number)", argument: name,
            help: name == "each" ? "a type must have more tokens than `k` neighbours" : nil)
        }
      }
      let experiment = try experiment()
      let tokens = try tokens(of: corpus, for: experiment, stack, distinct: true)
      var options = Preservation.Options()
      (options.property, options.neighbours, options.metric) = (property, k, metric)
      (options.types, options.each) = (types, each)
      options.seed = try self.seed(seed)
      return try onModel { () throws(ModelError) in
        let found = try Preservation(
          experiment, tokens, options, progress: context.progress("preservation"))
        return .table(found.table(k: k, metric: metric, notes: tokens.rows.notes + notes))
      }
    }
  }
}

extension Preservation {
  fileprivate func table(k: Int, metric: Metric, notes: [String]) -> Table {
    var columns: [(String, (Layer) -> Value)] = [
      ("layer", { .int($0.layer) }),
      ("score", { .number($0.score.value) }),
      ("low", { .number($0.score.low) }),
      ("high", { .number($0.score.high) }),
      ("null", { _ in .number(null) }),
    ]
    if let hitNull {
      columns.append(("hit", { .number($0.hits ?? .nan) }))
      columns.append(("hit_null", { _ in .number(hitNull) }))
    }
    var words = [
      "\(Value.count(k, "neighbour")) by the \(metric.rawValue) distance; "
        + "\(Value.count(types, "type")) of \(Value.count(each, "token")) each",
      "null: neighbours drawn at random; " + RepresentationNotes.interval,
      RepresentationNotes.layers,
    ]
    if unplaced > 0 {
      words.append("\(Value.count(unplaced, "token")) left out: the vector is zero in some layer")
    }
    return Table(
      columns.map { name, value in Table.Column(name, layers.map(value)) }, notes: words + notes)
  }
}
