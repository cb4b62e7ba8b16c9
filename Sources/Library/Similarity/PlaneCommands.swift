import Language
import Statistics
import Tensors

extension Workbench {
  private static let told = """
    Distances between groups mean little in such a picture, so the numbers stand beside it. \
    `accuracy` is that of a linear classifier on the vectors themselves, in five folds, with its 95 % \
    interval; `null` is what labels in a random order give (95 % of the orders between `null_low` and \
    `null_high`; the share `p` is as accurate), `majority` the share of the most frequent label. \
    `purity` is the share of the ten \
    nearest neighbours with the same label, of the vectors and in the plane, `chance` that by chance. \
    Folds and intervals keep the tokens of a text together where texts are known.

    Of a tensor with layers each gets a picture of its own. `.numbers` and `.points` of the answer \
    are tables; `save` writes the picture.
    """

  private static var data: Parameter<Value> {
    Parameter(
      "data", "Gathered activations, or a tensor [row, width], with layers or without.", .piped)
  }
  private static var labels: Parameter<Value?> {
    Parameter(
      "labels", "A label for each row, or the column of gathered activations that has them.",
      .named)
  }
  private static var points: Parameter<Int> {
    Parameter(
      "points", "How many rows of each label at most.", .named, default: 2_000, in: .from(4))
  }
  private static var title: Parameter<String> {
    Parameter("title", "A title.", .named, default: "")
  }
  private static var seedParameter: Parameter<Int?> {
    Parameter("seed", "The seed; the session's by default.", .named, in: .from(0))
  }

  var pcaCommand: Builtin {
    Builtin(
      "pca", "Draws vectors along their two principal components, coloured by label.",
      Self.data, Self.labels, Self.points, Self.title, Self.seedParameter,
      returns: "plane", family: .representations,
      alsoFoundAs: ["principal components", "scatter", "projection", "plane", "embedding"],
      details: Self.told,
      examples: [
        Example(
          """
          let t = tensor (0..19 | each { i => [i, 2 * i + 5 * (i % 2), 40 * (i % 2)] })
          let p = pca t labels: (0..19 | each { i => if i % 2 == 0 { "even" } else { "odd" } })
          p.numbers[0].accuracy
          """, shows: "Labels that a line can part.", gives: .number(1)),
        Example(
          #"load "random-tiny"; (pca (capture (prompt "the cat sat") L*.resid.post)).numbers | len"#,
          shows: "A picture for each layer.", gives: .number(2)),
        Example(
          """
          load "random-tiny"
          let a = gather (corpus "english" count: 8 seed: 1) at: L*.resid.post tokens: 60
          (pca a labels: "upos").numbers | len
          """, shows: "Gathered tokens, coloured by part of speech.", gives: .number(2)),
        Example(
          "pca (tensor [[1, 2], [3, 4]])", shows: "Two points make no picture.",
          gives: .fails("too-few-rows")),
      ]
    ) { [self] context, data, labels, points, title, seed throws(Failure) in
      let making = try PlaneMaking(data, labels: labels, most: points, seed: self.seed(seed))
      return .host(
        try making.value(title: title, notes: []) { _, points throws(Failure) in
          try context.interruption.check()
          return try Self.principalPlane(points)
        })
    }
  }

  private static func principalPlane(_ points: Matrix) throws(Failure) -> PlaneMaking.Plane {
    let components = try onStatistics("data") { () throws(StatisticsError) in
      try PrincipalComponents(points, components: 2)
    }
    let projected = components.project(points)
    let shares = components.shares
    func name(_ place: Int) -> String {
      guard place < shares.count, !shares[place].isNaN else { return "PC \(place + 1)" }
      return "PC \(place + 1) (\(NumberText.rounded((shares[place] * 1000).rounded() / 10)) %)"
    }
    // Vectors with one number each lie on a line.
    let plane = Matrix(
      (0..<projected.rows).map {
        [projected[$0, 0], projected.columns > 1 ? projected[$0, 1] : 0]
      })
    return PlaneMaking.Plane(
      points: plane, xLabel: name(0), yLabel: name(1),
      numbers: [
        ("variance_1", shares.first ?? .nan), ("variance_2", shares.count > 1 ? shares[1] : .nan),
      ])
  }

  var tsneCommand: Builtin {
    Builtin(
      "tsne", "Draws vectors so that neighbours stay neighbours, coloured by label.",
      Self.data, Self.labels,
      Parameter<Double>(
        "perplexity", "How many neighbours each point sees.", .named, default: 30,
        in: .from(1, to: 100_000)),
      Parameter<Int>(
        "iterations", "How many steps are made.", .named, default: 1_000, in: .from(0, to: 100_000)),
      Self.points, Self.title, Self.seedParameter,
      returns: "plane", family: .representations,
      alsoFoundAs: ["t-sne", "neighbours", "scatter", "projection", "plane", "umap", "embedding"],
      details: Self.told + """


        All pairs are visited up to 2,000 points, Barnes and Hut's tree above. `kl` is the \
        divergence that is left, in nats. With fewer than three points for each neighbour the \
        perplexity is lowered.
        """,
      examples: [
        Example(
          """
          let t = tensor (0..29 | each { i => [40 * (i % 3), i % 7, i % 5] })
          let p = tsne t labels: (0..29 | each { i => i % 3 }) iterations: 300
          p.numbers[0].purity
          """, shows: "Three far groups.", gives: .number(0.9)),
        Example(
          #"tsne (tensor (0..9 | each { i => [i, i * i] })) iterations: 0 perplexity: 5"#,
          shows: "The start is the plane of `pca`.", gives: .runs),
        Example(
          "tsne (tensor (0..9 | each { i => [i, i * i] })) perplexity: 0",
          shows: "A perplexity is a number of neighbours.", gives: .fails("out-of-range")),
      ]
    ) {
      [self] context, data, labels, perplexity, iterations, points, title, seed
        throws(Failure) in
      var settings = NeighborEmbedding.Settings()
      (settings.perplexity, settings.iterations) = (perplexity, iterations)
      settings.seed = self.seed(seed)
      let making = try PlaneMaking(data, labels: labels, most: points, seed: settings.seed)
      let used = min(perplexity, Double(making.sets.count - 1) / 3)
      let way =
        "perplexity \(NumberText.rounded(used)), \(Value.count(iterations, "step")), "
        + (making.sets.count <= settings.mostExact ? "all pairs" : "Barnes-Hut tree")
        + ", seed \(settings.seed)"
      return .host(
        try making.value(title: title, notes: [way]) { place, points throws(Failure) in
          var embedding = try onStatistics("data") { () throws(StatisticsError) in
            try NeighborEmbedding(points, settings: settings)
          }
          try embedding.run { step throws(Failure) in
            context.output.progress(
              place * iterations + step, of: making.sets.panels.count * iterations, "tsne")
            try context.interruption.check()
          }
          let kl = embedding.divergence
          return PlaneMaking.Plane(
            points: embedding.plane, numbers: [("kl", kl)],
            note: "KL \(NumberText.rounded(kl, digits: 3))")
        })
    }
  }
}
