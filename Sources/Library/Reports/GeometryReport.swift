import Analysis
import Figures
import Language
import Statistics
import Tensors
import Transformers

extension Workbench {
  /// The page about what vectors of a corpus hold, layer by layer.
  func geometryPage(of subject: Value, seed: Int?, _ context: Context) throws(Failure)
    -> FigurePage
  {
    guard let input = try CorpusInput.from(subject) else {
      throw Failure(
        "wrong-type", "a page about geometry is of a corpus, not \(subject.kindWithArticle)",
        argument: "of",
        help: "give it texts:   report geometry (corpus \"english\" count: 200) to: \"FILE.html\"")
    }
    let experiment = try experiment()
    let corpus = try tokens(of: input, for: experiment, nil)
    let report = GeometryReport(
      experiment: experiment, corpus: corpus, seed: try self.seed(seed), context: context)
    return try report.page(title: "Geometry of \(try current().name)", notes: notes)
  }
}

/// Gathers what the page about geometry shows: samples are small, so that it answers in seconds.
struct GeometryReport {
  let experiment: Experiment
  let corpus: CorpusTokens
  let seed: UInt64
  let context: Context

  /// The page with every part for which the corpus has enough tokens.
  ///
  /// - Throws: What the first part lacks, when all lack something.
  func page(title: String, notes: [String]) throws(Failure) -> FigurePage {
    let parts: [(String, () throws(ModelError) -> [FigurePage.Section])] = [
      ("How much of a token is left", information),
      ("Near vectors", neighbours),
      ("Layers beside each other", layers),
    ]
    var sections: [FigurePage.Section] = []
    var missing: [String] = []
    var first: Failure?
    for (name, make) in parts {
      do throws(Failure) {
        sections += try onModel { () throws(ModelError) in try make() }
      } catch {
        if error.isInterruption { throw error }
        first = first ?? error
        missing.append("\(name): left out, \(error.message).")
      }
    }
    if sections.isEmpty, let first { throw first }
    let counts =
      "\(Value.count(corpus.rows.count, "text")), \(Value.count(corpus.tokens.count, "token")) "
      + "without special ones; layer 0 is what enters the first block, layer 1 what leaves it."
    return FigurePage(
      title: title, notes: [counts] + missing + corpus.rows.notes + notes, sections: sections)
  }

  private func information() throws(ModelError) -> [FigurePage.Section] {
    var options = TokenInformation.Options()
    (options.types, options.each, options.seed) = (50, 200, seed)
    let found = try TokenInformation(
      experiment, corpus, options, progress: context.progress("mutual information"))
    let layers = found.layers
    let table = Table(
      [
        Table.Column("layer", layers.map { .int($0.layer) }),
        Table.Column("information", layers.map { .number($0.information.value) }),
        Table.Column("low", layers.map { .number($0.information.low) }),
        Table.Column("high", layers.map { .number($0.information.high) }),
        Table.Column("plain", layers.map { .number($0.plain) }),
        Table.Column("null", layers.map { .number($0.null) }),
      ],
      notes: [
        "\(Value.count(found.types.count, "type")) of \(Value.count(found.each, "token")), "
          + "\(Value.count(found.clusters, "cluster")); the most that there can be is "
          + "\(Value.brief(found.entropy)) nats. Null: labels in a random order, already taken off. "
          + "Low and high: 95 % by bootstrap over sentences."
      ])
    return [
      FigurePage.Section(
        title: "How much of a token is left",
        lead: "The mutual information of a token and the cluster that its vector falls into, in "
          + "nats: how much of the token can be read off its vector.",
        figures: [Self.curve(table, "information", "nats")], table: table)
    ]
  }

  private func neighbours() throws(ModelError) -> [FigurePage.Section] {
    [try preservation(.token), try preservation(.position)]
  }

  private func preservation(_ property: Preservation.Property) throws(ModelError)
    -> FigurePage.Section
  {
    var options = Preservation.Options()
    (options.property, options.seed) = (property, seed)
    (options.types, options.each, options.neighbours) = (30, 40, 5)
    let found = try Preservation(
      experiment, corpus, options, progress: context.progress("preservation"))
    let layers = found.layers
    let table = Table(
      [
        Table.Column("layer", layers.map { .int($0.layer) }),
        Table.Column("score", layers.map { .number($0.score.value) }),
        Table.Column("low", layers.map { .number($0.score.low) }),
        Table.Column("high", layers.map { .number($0.score.high) }),
        Table.Column("null", layers.map { _ in .number(found.null) }),
      ],
      notes: [
        "\(Value.count(options.neighbours, "neighbour")) by the cosine; "
          + "\(Value.count(found.types, "type")) of \(Value.count(found.each, "token")). "
          + "Null: neighbours drawn at random. Low and high: 95 % by bootstrap over sentences."
      ])
    let isToken = property == .token
    return FigurePage.Section(
      title: isToken ? "Near vectors are of the same token" : "Near vectors stand near each other",
      lead: isToken
        ? "The share of a token's nearest vectors, from other sentences, that are of the same token."
        : "How many places apart a token and those of its type with the nearest vectors stand: small "
          + "where position is well kept.",
      figures: [Self.curve(table, "score", isToken ? "share" : "places")], table: table)
  }

  private func layers() throws(ModelError) -> [FigurePage.Section] {
    var options = LayerGeometry.Options()
    options.seed = seed
    let found = try LayerGeometry(
      experiment, corpus, options, progress: context.progress("layers"))
    return [similarity(found), planes(found)]
  }

  private func similarity(_ found: LayerGeometry) -> FigurePage.Section {
    let grid = found.similarities
    let names = (0..<grid.rows).map { "layer \($0)" }
    let rows = (0..<grid.rows).map { Array(grid.row($0)) }
    let columns = names.enumerated().map { column, name in
      Table.Column(name, rows.map { .number($0[column]) })
    }
    return FigurePage.Section(
      title: "How alike layers are",
      lead:
        "Linear kernel alignment (CKA, unbiased) of the same tokens at two layers: 1 when one is "
        + "a rotation of the other.",
      figures: [
        Figure(
          .heatMap(Figure.HeatMap(rows: names, columns: names, values: rows)),
          title: "similarity of layers", valueLabel: "CKA")
      ],
      table: Table(
        [Table.Column("", names.map { .string($0) })] + columns,
        notes: [
          "\(Value.count(found.count, "token")); tokens in random order give "
            + "\(Value.brief(found.null)) on average."
        ] + found.notes))
  }

  private func planes(_ found: LayerGeometry) -> FigurePage.Section {
    let names = Set(found.classes).sorted()
    let panels = found.planes.map { plane in
      let series = names.map { name in
        let places = found.classes.indices.filter { found.classes[$0] == name }
        return Figure.Series(
          name.isEmpty && names.count > 1 ? "other" : name, x: places.map { plane.x[$0] },
          y: places.map { plane.y.isEmpty ? 0 : plane.y[$0] })
      }
      return Figure(.scatter(series), title: "layer \(plane.layer)")
    }
    let columns: [(String, (LayerGeometry.Plane) -> Value)] = [
      ("layer", { .int($0.layer) }),
      ("first", { .number($0.shares.first ?? .nan) }),
      ("second", { .number($0.shares.dropFirst().first ?? .nan) }),
      ("accuracy", { .number($0.scores.accuracy.value) }),
      ("low", { .number($0.scores.accuracy.low) }),
      ("high", { .number($0.scores.accuracy.high) }),
      ("majority", { .number($0.scores.majority) }),
      ("purity", { .number($0.scores.purity) }),
      ("in the plane", { .number($0.scores.planePurity) }),
      ("chance", { .number($0.scores.chance) }),
    ]
    return FigurePage.Section(
      title: "Where tokens lie",
      lead: "The two directions of greatest variance at each layer, with the parts of speech where "
        + "the corpus has them. A plane hides most of what a vector holds: the table says how well "
        + "the parts of speech are told apart in all directions.",
      figures: [Figure(.panels(panels), title: "principal components")],
      table: Table(
        columns.map { name, value in Table.Column(name, found.planes.map(value)) },
        notes: [
          "First and second: shares of the variance. Accuracy: of a linear classifier on sentences "
            + "that it was not fitted on, with 95 % by bootstrap over sentences; majority: the share "
            + "of the most frequent part of speech. Purity: the share of the ten nearest vectors with "
            + "the same part of speech, in all directions and in the plane; chance: of all others."
        ]))
  }

  /// The value, its interval and its null, by layer.
  private static func curve(_ table: Table, _ value: String, _ label: String) -> Figure {
    let layers = numbers(table, "layer")
    let series = [value, "low", "high", "null"].map { name in
      Figure.Series(name, x: layers, y: numbers(table, name))
    }
    let ticks = layers.map { NumberText.shortest($0) }
    return Figure(.lines(series, ticks: ticks), valueLabel: label, xLabel: "layer")
  }

  private static func numbers(_ table: Table, _ name: String) -> [Double] {
    (table[name]?.values ?? []).map { if case .number(let number) = $0 { number } else { .nan } }
  }
}
