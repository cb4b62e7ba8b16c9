import Analysis
import Faults
import Language
import Statistics
import Tensors
import Transformers

extension Workbench {
  var preservationCommand: Builtin {
    Builtin(
      "preservation", "Measures what tokens with similar vectors have in common, by layer.",
      SampleParameters.tokens(
        "Texts, of which one that comes again counts once; or activations that were gathered."),
      Parameter<Preservation.Property>(
        "property", "What they may share.", default: .token,
        choices: Preservation.Property.choices),
      Parameter<NeighbourCounts>(
        "k", "How many neighbours, or a list of several numbers.", .named,
        default: NeighbourCounts(counts: [10]), in: .from(1)),
      Parameter<Preservation.Metric>(
        "metric", "What near means.", .named, default: .cosine,
        choices: Preservation.Metric.choices),
      SampleParameters.types(50),
      SampleParameters.each(60),
      SampleParameters.side,
      SampleParameters.seed,
      returns: "table", family: .representations,
      alsoFoundAs: ["nearest neighbours", "token identity", "position", "context", "bottom-up"],
      details: """
        For each token of a sample with equally many tokens of each type, the `k` tokens with the \
        nearest vectors are looked up, its own sentence left out (Voita, Sennrich and Titov 2019). \
        `score` is the share of them that are the same token ("token"), or, among tokens of one \
        type, the share with the same token to the left or right ("left", "right"), or with the \
        same part of speech or relation of the word ("upos", "deprel"). "upos-left", "upos-right" \
        and "upos-around" ask for the parts of speech of the words beside it as well; where there \
        is none in the sentence, or none was gathered, a token is left out. For "position" it is \
        how many places apart they stand, on average: small is well kept; all types are taken from \
        texts of the same lengths, by quarters. `hit` is the share of the \
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
          #"load "tiny-lm"; (preservation (corpus "english" count: 80) "upos-left" types: 4 each: 12 k: 3).layer | len"#,
          shows: "Whether near vectors stand behind words of one kind.", gives: .number(5)),
        Example(
          #"load "random-tiny"; preservation "the cat" "position""#,
          shows: "There must be other tokens of the type.", gives: .fails("too-few-tokens")),
      ]
    ) { [self] context, corpus, property, k, metric, types, each, side, seed throws(Failure) in
      let most = k.counts.max() ?? 0
      guard each > most else {
        throw Failure(
          "out-of-range", "`each` must be above `k`, which is \(most), not \(each)",
          argument: "each", help: "a type must have more tokens than `k` neighbours")
      }
      let layered = try layers(of: corpus, side, distinct: true)
      var options = Preservation.Options()
      let counts = k.counts.sorted()
      (options.property, options.metric) = (property, metric)
      (options.neighbours, options.fewer) = (counts.last ?? 1, Array(counts.dropLast()))
      (options.types, options.each) = (types, each)
      options.seed = self.seed(seed)
      return try faultsAsFailures { () throws(Fault) in
        let found = try Preservation(
          layered.layers, options, progress: context.progress("preservation"))
        return .table(found.table(metric: metric, layered))
      }
    }
  }
}

extension Preservation {
  fileprivate func table(metric: Metric, _ input: LayeredInput) -> Table {
    let several = !fewer.isEmpty
    let layers = (layers + fewer).sorted { ($0.layer, $0.neighbours) < ($1.layer, $1.neighbours) }
    var columns: [(String, (Layer) -> Value)] = several ? [("k", { .int($0.neighbours) })] : []
    columns += [
      ("score", { .number($0.score.value) }),
      ("low", { .number($0.score.low) }),
      ("high", { .number($0.score.high) }),
      ("null", { _ in .number(null) }),
    ]
    if hitNull != nil {
      columns.append(("hit", { .number($0.hits ?? .nan) }))
      columns.append(("hit_null", { .number(hitNulls[$0.neighbours] ?? .nan) }))
    }
    var words = [
      (several ? "k neighbours" : Value.count(neighbours, "neighbour"))
        + " by the \(metric.rawValue) distance; "
        + "\(Value.count(types, "type")) of \(Value.count(each, "token")) each",
      "null: neighbours drawn at random; " + RepresentationNotes.interval,
    ]
    if unplaced > 0 {
      words.append("\(Value.count(unplaced, "token")) left out: the vector is zero in some layer")
    }
    let numbers = columns.map { name, value in Table.Column(name, layers.map(value)) }
    return Table(
      [input.column(layers.map(\.layer))] + numbers, notes: words + input.layerNotes + input.notes)
  }
}

/// One number of neighbours, or several.
struct NeighbourCounts: Argument {
  let counts: [Int]

  static let kind = "whole number or list of them"
  static let limits: Limits? = .whole
  var defaultText: String { counts.map(String.init).joined(separator: ", ") }

  static func from(_ value: Value) throws(Failure) -> NeighbourCounts? {
    if let count = Int.from(value) { return NeighbourCounts(counts: [count]) }
    guard case .list = value, let counts = try [Int].from(value), !counts.isEmpty else {
      return nil
    }
    return NeighbourCounts(counts: Array(Set(counts)))
  }
}
