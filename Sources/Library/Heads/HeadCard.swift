import Analysis
import Corpora
import Faults
import Language
import Training
import Transformers

extension Workbench {
  var headCardCommand: Builtin {
    Builtin(
      "head_card", "Shows everything known about one head on one screen.",
      Parameter<Address>("head", "The head, such as L2.H3.", .piped),
      Parameter<CorpusInput?>(
        "corpus", "Texts to look at; generated ones for a model that was trained on them.", .named),
      WeightChoice.parameter(.both),
      Parameter<Int?>(
        "seed", "For texts, masks and intervals; the session's by default.", .named, in: .from(0)),
      returns: "head card", family: .heads,
      alsoFoundAs: ["what does a head do", "summary", "QK", "OV", "neighbours", "report"],
      details: """
        What the head looks at: shares of attention by distance with what uniform attention gives, \
        the rules that account for it with their coverage, how much word classes decide, and the \
        roles that it has. What it matches: the strongest direction of W_Q·W_Kᵀ in tokens. What it \
        writes: its size, the strongest directions of W_V·W_O in tokens, and what it passes on \
        about the tokens that it looks at most. What is lost without it, by kind of text, with \
        intervals. Its neighbours: the heads that look most nearly the same way \
        (Jensen–Shannon divergence). Behind / stands what chance or uniform attention gives, behind ~ \
        what the same head gives with random weights, which takes as long again.

        Without `corpus` a model that comes with Sonde looks at 88 held-out texts of its language, \
        eight of each kind; any other model needs texts. The card has tables as fields: `targets`, \
        `rules`, `matches`, `directions`, `echoes`, `losses`, `probes`, `neighbours`.
        """,
      examples: [
        Example(
          #"load "random-tiny"; (head_card L1.H2 corpus: ["the cat sat", "a dog"]).head"#,
          shows: "A card has fields.", gives: .text("L1.H2")),
        Example(
          #"load "random-tiny"; (head_card L1.H2 corpus: ["the cat sat", "a dog"]).neighbours | len"#,
          shows: "The other heads by how they look.", gives: .number(7)),
        Example(
          #"load "random-tiny"; head_card L1.H2"#, shows: "An untrained model needs texts.",
          gives: .fails("missing-argument")),
        Example(
          #"load "random-tiny"; head_card L1.mlp corpus: ["the cat"]"#,
          shows: "Only heads have cards.", gives: .fails("wrong-address")),
      ]
    ) { [self] context, address, corpus, weights, seed throws(Failure) in
      let experiment = try experiment()
      let model = experiment.model
      let place = try faultsAsFailures("head") { () throws(Fault) in
        try model.description.oneHead(address)
      }
      guard model.description.embedding.patches == nil else {
        throw Failure(
          "no-vocabulary", "\(model.name) reads images, and a card tells of words",
          help: "see how much its heads write with   head_weights()")
      }
      let seed = self.seed(seed)
      let rows: [AnnotatedRow]
      var probes: [(name: String, probes: [ContinuationProbe])] = []
      if let corpus {
        rows = try corpus.rows(for: model)
      } else {
        guard model.readsGeneratedEnglish else {
          throw Failure(
            "missing-argument", "\(model.name) needs texts to be looked at on",
            argument: "corpus", help: #"give some:   head_card \#(address) corpus: "texts.txt""#)
        }
        rows = try faultsAsFailures { () throws(Fault) in try model.heldOutTexts(seed: seed) }
        if model.description.canGenerate, model.description.encoder == nil {
          probes = Probes.ofHeads(seed: seed)
        }
      }
      let found = try weights.measure(experiment, seed: seed) {
        experiment, label throws(Failure) in
        try faultsAsFailures { () throws(Fault) in
          try experiment.headCard(of: place, over: rows, probes: probes, seed: seed) {
            step throws(Fault) in
            if context.interruption.isRequested { throw .interrupted }
            context.output.progress(0, of: 0, step + label)
          }
        }
      }
      let texts = try faultsAsFailures { () throws(Fault) in try TokenTexts(model) }
      return .host(
        HeadCardValue(
          card: found.reading, random: found.random, texts: texts, modelName: model.name,
          lossName: model.lossName,
          notes: rows.oneTextNote + rows.notes + (weights == .random ? found.notes : []) + notes))
    }
  }
}

extension Model {
  /// Whether the model learnt from the texts that the built-in generator makes.
  fileprivate var readsGeneratedEnglish: Bool {
    guard let folder, let card = ModelCard(in: folder) else { return false }
    switch card.recipe.data.source {
    case .english, .tasks: return true
    case .shapes, .file: return false
    }
  }

  /// Held-out texts of the generator, as many of each kind.
  fileprivate func heldOutTexts(seed: UInt64) throws(Fault) -> [AnnotatedRow] {
    var rows: [AnnotatedRow] = []
    for kind in Kind.allCases {
      var generator = TextGenerator(seed: seed, mixture: .only(kind), split: .test)
      for _ in 0..<8 { rows.append(try AnnotatedRow(AnnotatedText(generator.next()), for: self)) }
    }
    return rows
  }
}

extension Probes {
  /// What a card asks a causal model with and without the head.
  fileprivate static func ofHeads(seed: UInt64) -> [(name: String, probes: [ContinuationProbe])] {
    let facts = Self.facts(heldOutPhrasing: true, rarestQuarter: false)
    let step = max(facts.count / 24, 1)
    return [
      ("agreement", agreement(attractors: 1, count: 24, seed: seed)),
      ("pronouns", pronouns(count: 24, seed: seed)),
      ("names", names(count: 24, seed: seed)),
      ("facts", stride(from: 0, to: facts.count, by: step).prefix(24).map { facts[$0] }),
    ]
  }
}
