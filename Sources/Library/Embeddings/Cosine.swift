import Analysis
import Faults
import Language
import Transformers

extension Workbench {
  var cosineCommand: Builtin {
    Builtin(
      "cosine", "Gives cosines between the token embeddings of words, or of two vectors.",
      Parameter<CosineInput>("words", "A list of words or ids; or a vector.", .piped),
      Parameter<CosineInput?>("other", "One more word, or a second vector."),
      Parameter<Int>(
        "pairs", "How many random pairs of tokens to compare with.", .named, default: 1000,
        in: .from(1, to: 1_000_000)),
      Parameter<Int?>(
        "seed", "What is drawn from; the session's seed by default.", .named, in: .from(0)),
      returns: "table or number", family: .representations,
      alsoFoundAs: ["similarity", "angle", "embedding", "word vectors"],
      details: """
        Of words, the rows of the token table are compared; a word of several tokens is the mean of \
        their rows. A cosine means little alone: in many models all rows lean the same way. `above` \
        is the share of random pairs of tokens whose cosine is lower; the note says where those lie. \
        Two vectors, such as captured streams, give their cosine as a number, NaN when one of them \
        is zero.
        """,
      examples: [
        Example("cosine [1, 0] [1, 1] | round 4", shows: "Two vectors.", gives: .number(0.7071)),
        Example(
          #"load "random-tiny"; cosine ["a", "b", "c"] | len"#,
          shows: "Three words make three pairs.", gives: .number(3)),
        Example(
          #"load "random-tiny"; close((cosine ["e", "f"])[0].cosine, neighbors("e", "f"))"#,
          shows: "The same as `neighbors` gives for two tokens.", gives: .flag(true)),
        Example(
          "cosine [1, 0] [1, 1, 1]", shows: "Vectors must be equally long.",
          gives: .fails("length-mismatch")),
      ]
    ) { [self] _, input, other, pairs, seed throws(Failure) in
      let drawn = self.seed(seed)
      if let first = input.vector, let second = other?.vector {
        guard first.elements.count == second.elements.count else {
          throw Failure(
            "length-mismatch",
            "the vectors have \(first.elements.count) and \(second.elements.count) numbers",
            argument: "other")
        }
        return .number(vectorCosine(first.elements, second.elements))
      }
      guard let words = input.words, other == nil || other?.words != nil else {
        throw Failure(
          "wrong-type", "a word is compared with words, a vector with a vector", argument: "other")
      }
      let all = words + (other?.words ?? [])
      guard all.count > 1 else {
        throw Failure(
          "too-few", "one word has nothing to be compared with", argument: "words",
          help: #"give several:   cosine ["play", "game"]"#)
      }
      let experiment = try experiment()
      return try faultsAsFailures("words") { () throws(Fault) in
        let ids = try all.map { word throws(Fault) in
          try word.vocabularyIDs(for: experiment.model)
        }
        let cosines = try experiment.runtime.cosines(
          of: ids, randomPairs: pairs, seed: drawn)
        return .table(cosines.table(words: all.map(\.plainText), ids))
      }
    }
  }
}

/// Words, or a vector: a list of numbers is a vector when it stands beside another, else ids.
struct CosineInput: Argument {
  let words: [TokenName]?
  let vector: NumberArray?

  static let kind = "list of words or vector"

  static func from(_ value: Value) throws(Failure) -> CosineInput? {
    var words = TokenName.from(value).map { [$0] }
    if words == nil { words = try [TokenName].from(value) }
    var vector: NumberArray?
    switch value {
    case .tensor, .list: vector = try NumberArray.from(value)
    default: break
    }
    return words == nil && vector == nil ? nil : CosineInput(words: words, vector: vector)
  }
}

extension TokenName {
  /// The word as a label.
  var plainText: String {
    switch self {
    case .text(let text): text
    case .id(let id): "\(id)"
    }
  }
}

extension TokenCosines {
  fileprivate func table(words: [String], _ ids: [[Int]]) -> Table {
    var notes = [
      "random pairs of tokens: mean \(NumberText.rounded(randomMean)), 95 % between "
        + "\(NumberText.rounded(randomQuantile(0.025))) and "
        + "\(NumberText.rounded(randomQuantile(0.975))) (\(random.count) pairs)"
    ]
    let split = zip(words, ids).filter { $0.1.count > 1 }
    if !split.isEmpty {
      let list = split.map { "\(Value.quoted($0.0)) (\($0.1.count) tokens)" }
      notes.append("the mean of several rows: " + list.joined(separator: ", "))
    }
    if skipped > 0 { notes.append("\(Value.count(skipped, "pair")) with a row of zeros left out") }
    return Table(
      [
        Table.Column("first", pairs.map { .string(words[$0.first]) }),
        Table.Column("second", pairs.map { .string(words[$0.second]) }),
        Table.Column("cosine", pairs.map { .number($0.cosine) }),
        Table.Column("above", pairs.map { .number($0.above) }),
      ], notes: notes)
  }
}
