import Analysis
import Faults
import Figures
import Language
import Statistics
import Transformers

/// How alike layers are, and where one sample of tokens lies in each.
extension GeometryReport {
  func layers() throws(Fault) -> [FigurePage.Section] {
    var options = LayerGeometry.Options()
    options.seed = seed
    let found = try LayerGeometry(
      experiment, corpus, options, progress: context.progress("layers"))
    return [similarity(found), steps(found), planes(found), try neighbourPlanes(found)]
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

  private func steps(_ found: LayerGeometry) -> FigurePage.Section {
    let scores = found.steps
    let table = Table(
      [
        Table.Column("layer", scores.indices.map { .int($0 + 1) }),
        Table.Column("similarity", scores.map { .number($0.similarity.value) }),
        Table.Column("low", scores.map { .number($0.similarity.low) }),
        Table.Column("high", scores.map { .number($0.similarity.high) }),
        Table.Column("null", scores.map { .number($0.null) }),
        Table.Column("p", scores.map { .number($0.p) }),
      ],
      notes: [
        "Null: tokens in random order, and the share of such orders that are as similar (p). Low "
          + "and high: 95 % by bootstrap over \(Value.count(found.sentences, "sentence"))."
      ])
    return FigurePage.Section(
      title: "What a layer keeps of the one before",
      lead: "The alignment of each layer with the one before it.",
      figures: [ReportFigure.curve(table, "similarity", "CKA")], table: table)
  }

  private func planes(_ found: LayerGeometry) -> FigurePage.Section {
    let panels = found.planes.map { plane in
      ReportFigure.scatter(
        plane.x, plane.y, classes: found.classes, title: "layer \(plane.layer)",
        notes: Self.lines(plane.scores, planePurity: plane.scores.planePurity))
    }
    let columns: [(String, (LayerGeometry.Plane) -> Value)] = [
      ("layer", { .int($0.layer) }),
      ("first", { .number($0.shares.first ?? .nan) }),
      ("second", { .number($0.shares.dropFirst().first ?? .nan) }),
      ("accuracy", { .number($0.scores.accuracy.value) }),
      ("low", { .number($0.scores.accuracy.low) }),
      ("high", { .number($0.scores.accuracy.high) }),
      ("null", { .number($0.scores.null.value) }),
      ("p", { .number($0.scores.p) }),
      ("purity", { .number($0.scores.purity) }),
      ("in the plane", { .number($0.scores.planePurity) }),
      ("chance", { .number($0.scores.chance) }),
    ]
    return FigurePage.Section(
      title: "Where tokens lie: principal components",
      lead: "The two directions of greatest variance at each layer, with the parts of speech where "
        + "the corpus has them. A plane hides most of what a vector holds: the table says how well "
        + "the parts of speech are told apart in all directions.",
      figures: [Figure(.panels(panels), title: "principal components")],
      table: Table(
        columns.map { name, value in Table.Column(name, found.planes.map(value)) },
        notes: ["First and second: shares of the variance. " + Self.told(found)]))
  }

  private func neighbourPlanes(_ found: LayerGeometry) throws(Fault) -> FigurePage.Section {
    var settings = NeighborEmbedding.Settings()
    (settings.iterations, settings.seed) = (500, seed)
    let planes = try found.neighbourPlanes(
      most: 6, settings, progress: context.progress("neighbours in a plane"))
    let panels = planes.map { plane in
      ReportFigure.scatter(
        plane.x, plane.y, classes: found.classes, title: "layer \(plane.layer)",
        notes: Self.lines(found.planes[plane.layer].scores, planePurity: plane.purity))
    }
    typealias Plane = LayerGeometry.NeighbourPlane
    func score(_ number: @escaping (PlaneScores) -> Double) -> (Plane) -> Value {
      { .number(number(found.planes[$0.layer].scores)) }
    }
    let columns: [(String, (Plane) -> Value)] = [
      ("layer", { .int($0.layer) }), ("divergence", { .number($0.divergence) }),
      ("accuracy", score(\.accuracy.value)), ("low", score(\.accuracy.low)),
      ("high", score(\.accuracy.high)), ("null", score(\.null.value)), ("p", score(\.p)),
      ("purity", score(\.purity)), ("in the plane", { .number($0.purity) }),
      ("chance", score(\.chance)),
    ]
    return FigurePage.Section(
      title: "Where tokens lie: t-SNE",
      lead: "Planes in which near vectors stay near. Distances between groups and their sizes mean "
        + "nothing here, and groups can appear where there are none: read the table.",
      figures: [Figure(.panels(panels), title: "t-SNE")],
      table: Table(
        columns.map { name, value in Table.Column(name, planes.map(value)) },
        notes: [
          "Perplexity \(Value.brief(min(settings.perplexity, Double(found.count - 1) / 3))), "
            + "\(Value.count(settings.iterations, "step")). Divergence: what is left of it, in nats. "
            + Self.told(found)
        ]))
  }

  /// What stands under a panel: the plane alone may mislead.
  private static func lines(_ scores: PlaneScores, planePurity: Double) -> [String] {
    if scores.accuracy.value.isNaN { return [] }
    return [
      "accuracy \(Value.brief(scores.accuracy.value)) [\(Value.brief(scores.accuracy.low)), "
        + "\(Value.brief(scores.accuracy.high))]",
      "purity \(Value.brief(scores.purity)), here \(Value.brief(planePurity))",
    ]
  }

  private static func told(_ found: LayerGeometry) -> String {
    if Set(found.classes).count < 2 {
      return "The corpus does not say parts of speech: there is nothing to tell apart."
    }
    return
      "Accuracy: of a linear classifier of parts of speech on sentences that it was not fitted on, "
      + "with 95 % by bootstrap over sentences; null: the same answers with labels in random "
      + "orders, and the share of these that are as accurate (p). Purity: the share of the ten "
      + "nearest vectors with the same part of speech, in all directions and in the plane; chance: "
      + "of all others."
  }
}
