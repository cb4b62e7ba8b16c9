import Analysis
import Faults
import Language
import Transformers

extension Workbench {
  var neighborsCommand: Builtin {
    Builtin(
      "neighbors", "Lists the tokens whose embeddings point most nearly the same way.",
      Parameter<TokenName>("token", "A token by its text or id.", .piped),
      Parameter<TokenName?>("other", "A second token: then the cosine of the two is given."),
      Parameter<Int>("top", "How many neighbours.", .named, default: 10, in: .from(1)),
      returns: "table or number", family: .readings,
      alsoFoundAs: ["nearest", "similar tokens", "cosine", "embedding"],
      details: "Cosines of rows of the token table; rows of zeros have none and are left out.",
      examples: [
        Example(
          #"load "random-tiny"; neighbors "e" top: 3 | len"#, shows: "The nearest three.",
          gives: .number(3)),
        Example(
          #"load "random-tiny"; let t = neighbors "e" top: 1; close(neighbors("e", t[0].id), t[0].cosine)"#,
          shows: "Of two tokens, their cosine.", gives: .flag(true)),
        Example(
          #"load "random-tiny"; neighbors "cat""#, shows: "The text must be one token.",
          gives: .fails("several-tokens")),
      ]
    ) { [self] _, token, other, top throws(Failure) in
      let experiment = try experiment()
      let model = experiment.model
      let id = try faultsAsFailures("token") { () throws(Fault) in
        try token.vocabularyID(for: model)
      }
      if let other {
        let second = try faultsAsFailures("other") { () throws(Fault) in
          try other.vocabularyID(for: model)
        }
        return .number(
          try faultsAsFailures { () throws(Fault) in try experiment.runtime.cosine(id, second) })
      }
      return try faultsAsFailures { () throws(Fault) in
        let found = try experiment.runtime.neighbors(of: id, count: top)
        let tokenizer = try model.tokenizer()
        let texts = found.nearest.map { tokenizer?.text(of: $0.id) ?? "\($0.id)" }
        return .table(
          Table(
            [
              Table.Column("token", texts.map { .string($0) }),
              Table.Column("id", found.nearest.map { .int($0.id) }),
              Table.Column("cosine", found.nearest.map { .number($0.cosine) }),
            ],
            notes: found.skipped == 0
              ? [] : ["\(Value.count(found.skipped, "row")) of zeros left out"]))
      }
    }
  }
}
