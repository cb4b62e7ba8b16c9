import Analysis
import Faults
import Language
import Tokenizers
import Transformers

extension Workbench {
  var communicationRulesCommand: Builtin {
    Builtin(
      "communication_rules", "Tells by which rules heads choose what they look at.",
      Parameter<CorpusInput>("corpus", "A corpus, texts or prompts.", .piped),
      Parameter<[AddressInput]>(
        "heads", "Heads of one attention, such as L1.H2 or dec.L*.cross.H*; all if none.", .rest),
      Parameter<Bool>(
        "all", "Give every rule's share instead, a row for each head and rule.", .named,
        default: false),
      Parameter<TokenClass?>(
        "classes",
        "What tokens are sorted by; their parts of speech where these are known, else how often they come.",
        .named, choices: TokenClass.choices),
      AttentionParameters.special(), WeightChoice.parameter(.both),
      Parameter<Int?>(
        "seed", "For nulls and intervals; the session's by default.", .named, in: .from(0)),
      returns: "table", family: .heads,
      alsoFoundAs: [
        "listens", "coverage", "EM", "mixture", "mutual information", "content", "position",
        "ANOVA",
      ],
      details: """
        A head's attention is taken as a mixture of rules, such as the previous token, its head, \
        subjects, the same token elsewhere, or everything alike, with weights that bring it nearest \
        (EM). `listens` names the rules that account for a tenth of its attention or more. \
        `coverage` is 1 − Σ KL(A‖rules) / Σ KL(A‖uniform): 1 where the rules say all, 0 where they \
        say no more than "everything alike"; `null` is what the same rules reach when each row's \
        attention is dealt out to its keys at random, `random` what the head reaches with random \
        weights. Rules that pick the same tokens in these texts cannot be told apart and stand \
        together. A rule that finds no token in a row is silent there.

        `mi` is how much the class of a query tells about the class of the key that it looks at, \
        given their distance, in nats and less its mean when classes are shuffled inside texts; \
        `text` is what words that stand so far apart have to do with each other anyway. \
        `position` and `content` are the shares of the variance of scores that only distance, or \
        only tokens, explain. `writes` lists the tokens that the strongest direction of W_V·W_O \
        makes likelier.
        """,
      examples: [
        Example(
          #"load "random-tiny"; communication_rules ["the cat sat", "a dog"] L1 | len"#,
          shows: "A line for each head.", gives: .number(4)),
        Example(
          #"load "random-tiny"; let t = communication_rules ["the cat sat", "a dog"] L1.H2 all: true; round(sum(t.share), 6)"#,
          shows: "The shares of all rules sum to one.", gives: .number(1)),
        Example(
          #"load "random-tiny"; communication_rules ["the cat"] L1.mlp"#,
          shows: "An MLP has no heads.", gives: .fails("wrong-address")),
      ]
    ) {
      [self] context, corpus, addresses, isWhole, classes, special, weights, seed throws(Failure)
      in
      let experiment = try experiment()
      let rows = try corpus.rows(for: experiment.model)
      let seed = self.seed(seed)
      let heads = try faultsAsFailures("heads") { () throws(Fault) in
        try HeadSelection(addresses.flatMap(\.addresses), in: experiment.model.description)
      }
      let framing: AttentionFraming = { $0.frame(special) }
      func progress(_ label: String) -> (Int) throws(Fault) -> Void {
        { done throws(Fault) in
          if context.interruption.isRequested { throw .interrupted }
          context.output.progress(done, of: rows.count, "texts" + label)
        }
      }
      // Rows of one table are found by head and rule, which the other one has no column of.
      return .table(
        try weights.table(
          experiment, seed: seed, [(isWhole ? "share" : "coverage", "random")], by: "head",
          and: ["rule"]
        ) { experiment, label throws(Failure) in
          try faultsAsFailures { () throws(Fault) in
            let listening = try experiment.listening(
              of: heads, over: rows, classes: classes ?? .best(for: rows), framing: framing,
              seed: seed, progress: progress(label))
            let view = RulesView(
              experiment: experiment, rows: rows, rules: listening.rules,
              notes: special.notes + rows.notes + notes)
            return isWhole ? view.shares : try view.lines(listening)
          }
        } null: { experiment, label throws(Failure) in
          try faultsAsFailures { () throws(Fault) in
            let view = RulesView(
              experiment: experiment, rows: rows,
              rules: try experiment.rules(
                of: heads, over: rows, framing: framing, seed: seed, progress: progress(label)),
              notes: [])
            return isWhole ? view.shares : view.coverages
          }
        })
    }
  }
}

extension TokenClass: ChoiceArgument {
  /// What messages call it.
  public static var kind: String { "token class" }
}

/// Rules as tables.
private struct RulesView {
  let experiment: Experiment
  let rows: [AnnotatedRow]
  let rules: CommunicationRules
  let notes: [String]

  private var head: Table.Column {
    Table.Column("head", rules.heads.heads.map { .host($0.address) })
  }

  private var coverage: Table.Column {
    Table.Column("coverage", rules.findings.map { .number($0.coverage.value) })
  }

  /// How much rules say of each head, and nothing else.
  var coverages: Table { Table([head, coverage]) }

  /// A line for each head.
  func lines(_ listening: HeadListening) throws(Fault) -> Table {
    let findings = rules.findings
    let columns = [
      head,
      Table.Column("listens", findings.indices.map { .string(rules.sentence(of: $0)) }),
      coverage,
      Table.Column("low", findings.map { .number($0.coverage.low) }),
      Table.Column("high", findings.map { .number($0.coverage.high) }),
      Table.Column("null", findings.map { .number($0.null) }),
      Table.Column("mi", listening.information.map { .number($0.corrected) }),
      Table.Column("text", listening.information.map { .number($0.text) }),
      Table.Column("position", listening.variance.map { .number($0.positionOnly) }),
      Table.Column("content", listening.variance.map { .number($0.contentOnly) }),
      Table.Column("writes", try written().map { .string($0) }),
    ]
    return Table(columns, notes: remarks)
  }

  private func written() throws(Fault) -> [String] {
    let description = experiment.model.description
    guard description.embedding.patches == nil else { return rules.findings.map { _ in "" } }
    let names = try TokenTexts(experiment.model)
    let places = try rules.heads.heads.map { head throws(Fault) in
      try description.oneHead(head.address)
    }
    let found = try experiment.strongestWriting(of: places, top: 3)
    return found.entries.map { names.list($0, isWritten: !found.isThroughTable) }
  }

  /// Every rule's share of each head.
  var shares: Table {
    var records: [Record] = []
    for (head, finding) in rules.findings.enumerated() {
      let order = rules.rules.indices.sorted {
        (finding.shares[$0], $1) > (finding.shares[$1], $0)
      }
      for rule in order {
        let fields: [(String, Value)] = [
          ("head", .host(rules.heads.heads[head].address)),
          ("rule", .string(rules.rules[rule].title)), ("share", .number(finding.shares[rule])),
          ("weight", .number(finding.weights[rule])),
        ]
        records.append(Record(fields))
      }
    }
    let columns = Table(rows: records).columns.map { column in
      column.name == "share"
        ? Table.Column(column.name, column.values, style: .bar(maximum: 1)) : column
    }
    return Table(columns, notes: remarks)
  }

  private var remarks: [String] {
    var lines = [
      "\(Value.count(rows.count, "text")), \(rules.rowCount) rows of attention; intervals 95 % over texts"
    ]
    if rules.skipped > 0 {
      lines.append("\(rules.skipped) rows left out: all of their attention is on special tokens")
    }
    return lines + rows.oneTextNote + notes
  }
}

extension [AttentionRule] {
  /// Rules that cannot be told apart, in words.
  var title: String { map(\.title).joined(separator: " or ") }
}

extension CommunicationRules {
  /// What a head listens to, in words.
  func sentence(of head: Int) -> String {
    let main = main(of: head)
    if main.isEmpty { return "nothing in particular" }
    return main.map { "\($0.rules.title) \(NumberText.rounded($0.share, digits: 2))" }
      .joined(separator: ", ")
  }
}

/// The texts of tokens, or of a classifier's labels.
struct TokenTexts {
  private let tokenizer: Tokenizer?
  private let labels: [String]?

  init(_ model: Model) throws(Fault) {
    tokenizer = try model.tokenizer()
    labels = model.description.classification?.labels
  }

  private func text(_ id: Int) -> String { tokenizer?.text(of: id) ?? "\(id)" }

  /// Tokens in quotes.
  ///
  /// - Parameter isWritten: Whether they are columns of logits, which may be labels.
  func list(_ entries: [HeadVocabulary.Entry], isWritten: Bool) -> String {
    entries.map { name($0.id, isWritten: isWritten) }.joined(separator: " ")
  }

  /// A token's text in quotes, or a label.
  func name(_ id: Int, isWritten: Bool) -> String {
    isWritten && labels != nil ? plain(id, isWritten: true) : Value.quoted(text(id))
  }

  /// A token's text, or a label.
  func plain(_ id: Int, isWritten: Bool) -> String {
    if isWritten, let labels, labels.indices.contains(id) { return labels[id] }
    return text(id)
  }
}
