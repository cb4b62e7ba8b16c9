import Language
import Statistics
import Tensors

extension Workbench {
  var similarityCommand: Builtin {
    Builtin(
      "similarity", "Says how alike two sets of vectors of the same tokens are.",
      Parameter<Value>(
        "first", "Gathered activations, or a tensor [row, width], with layers or without.", .piped),
      Parameter<Value>("second", "Another with the same rows; the width may differ."),
      Parameter<ViewComparison.Method>(
        "method", "What is formed: " + ViewComparison.Method.choices.joined(separator: ", ") + ".",
        .named, default: .pwcca),
      Parameter<Double>(
        "keep", "The share of the variance that `svcca` and `reduce` keep.", .named,
        default: 0.99, in: .above(0, to: 1)),
      Parameter<Bool>(
        "reduce",
        "Whether principal components, fitted on one half of the rows, are compared on the other.",
        .named, default: false),
      Parameter<ReleasedSimilarity?>(
        "compat",
        "Correlations as the code that came with the papers has them; \"robust\" is `cca` by its "
          + "robust_cca_similarity.", .named, choices: ReleasedSimilarity.choices),
      Parameter<Double>(
        "bandwidth", "The width of Gaussian kernels, in median distances.", .named, default: 0.5,
        in: .above(0)),
      Parameter<Int?>(
        "shuffles",
        "How often rows are put in random order for the null; as often as a finding takes if none.",
        .named, in: .from(0, to: 10_000)),
      Parameter<Int>(
        "rows", "How many rows at most, drawn at random where there are more.", .named,
        default: 10_000, in: .from(4)),
      Parameter<Int?>("seed", "The seed; the session's by default.", .named, in: .from(0)),
      returns: "table or tensor", family: .representations,
      alsoFoundAs: [
        "cca", "svcca", "pwcca", "cka", "procrustes", "distance", "representation", "compare",
      ],
      details: """
        A similarity is 1 for views that are the same up to a map: any invertible linear one for \
        the correlations (`cca`, `svcca`, `pwcca`), a rotation and a scale for `cka` and \
        `procrustes`. `distance` is 1 less it (for `procrustes` the squared distance that is left, \
        up to 2), `null` and `null_distance` are the same when the rows of one side are in random \
        order, `p` the share of these orders that are as similar (one-sided), `corrected` the distance as a share of that \
        of unrelated views, and `low` and `high` a 95 % interval \
        over texts, or over rows where texts are not known. `pwcca` is weighted by the first side, \
        by the second, and the mean of both.

        Correlations want ten rows for each direction; below two they are refused. Rows with NaN \
        or an infinity are left out. Where either side has several layers, the answer is a tensor of all pairs, \
        for `heatmap`.
        """,
      examples: [
        Example(
          """
          load "random-tiny"
          let t = capture (prompt "the cat sat on the mat and ate the rat") L*.resid.post
          let r = similarity t[layer: 0] t[layer: 1] method: "cka"
          r[0].similarity < 1 and r[0].similarity > r[0].null
          """, shows: "Two layers by kernel alignment.", gives: .flag(true)),
        Example(
          """
          let a = tensor (0..49 | each { i => [i, (7 * i) % 50, (11 * i) % 50] })
          let b = tensor (0..49 | each { i => [3 - i, i + 2 * ((7 * i) % 50), (11 * i) % 50] })
          round (similarity a b).similarity 6
          """, shows: "An invertible map changes nothing for correlations.",
          gives: .numbers(1, 1, 1)),
        Example(
          #"load "random-tiny"; let t = capture (prompt "the cat sat on it") L*.resid.post; (similarity t t method: "cka").shape"#,
          shows: "All pairs of layers.", gives: .numbers(2, 2)),
        Example(
          #"load "random-tiny"; let t = capture (prompt "the cat") L*.resid.post; similarity t[layer: 0] t[layer: 1]"#,
          shows: "Seven tokens are too few for correlations.", gives: .fails("too-few-rows")),
      ]
    ) {
      [self]
      context, first, second, method, keep, reduce, compat, bandwidth, shuffles, rows, seed
        throws(Failure) in
      var settings = ViewComparison.Settings(method)
      settings.isReduced = reduce
      if let compat {
        try Self.check(compat, method)
        settings.isReleased = true
        settings.isRobust = compat == .robust
      }
      (settings.share, settings.bandwidth) = (keep, bandwidth)
      settings.shuffles = shuffles
      settings.seed = self.seed(seed)
      let pair = try SimilarityPair(first, second, most: rows, &settings)
      return try pair.isGrid
        ? .tensor(pair.grid(settings, context)) : .table(pair.table(settings))
    }
  }

  private static func check(
    _ compat: ReleasedSimilarity, _ method: ViewComparison.Method
  ) throws(Failure) {
    guard method.isCorrelation else {
      throw Failure(
        "conflicting-arguments", "`compat` is for correlations, not for \"\(method.rawValue)\"",
        argument: "compat", help: "choose \"pwcca\", \"cca\" or \"svcca\"")
    }
    guard compat == .released || method == .cca else {
      throw Failure(
        "conflicting-arguments", "\"robust\" is for \"cca\", not for \"\(method.rawValue)\"",
        argument: "compat", help: #"add   method: "cca""#)
    }
  }
}

/// Which of the released functions is followed.
enum ReleasedSimilarity: String, ChoiceArgument {
  case released, robust

  static let kind = "released code"
}

extension ViewComparison.Method: ChoiceArgument {
  /// What messages call it.
  public static var kind: String { "method" }
}

/// Two lists of views of the same rows.
private struct SimilarityPair {
  let first: PointSets
  let second: PointSets
  let method: ViewComparison.Method

  init(
    _ first: Value, _ second: Value, most: Int, _ settings: inout ViewComparison.Settings
  ) throws(Failure) {
    method = settings.method
    let (a, b) = (try PointSets(first), try PointSets(second))
    guard a.given == b.given else {
      throw Failure(
        "shape-mismatch", "the first has \(Value.count(a.given, "row")) and the second \(b.given)",
        argument: "second", help: "rows are the same tokens on both sides")
    }
    let both = PointSets.common(a, b)
    // The same rows of both: they are as many, and the seed is one.
    self.first = both.first.drawing(most, seed: settings.seed)
    self.second = both.second.drawing(most, seed: settings.seed)
    settings.units = self.first.units ?? self.second.units
  }

  var isGrid: Bool { first.panels.count * second.panels.count > 1 }

  private var notes: [String] {
    first.notes + second.notes.filter { !first.notes.contains($0) }
  }

  /// What the body gives; where rows are too few, what else can be done is said.
  private func onComparison<Result>(
    _ body: () throws(StatisticsError) -> Result
  ) throws(Failure) -> Result {
    do throws(StatisticsError) {
      return try body()
    } catch {
      guard case .tooFew = error, method.isCorrelation else { throw Failure(error) }
      throw Failure(
        "too-few-rows", error.description,
        help: "gather more rows, compare principal components with   reduce: true, or take   "
          + #"method: "cka", which needs fewer"#)
    }
  }

  func table(_ settings: ViewComparison.Settings) throws(Failure) -> Table {
    let (a, b) = (try first.panels[0].points(), try second.panels[0].points())
    let found = try onComparison { () throws(StatisticsError) in
      try ViewComparison(a, b, settings)
    }
    func column(
      _ name: String, _ number: (ViewComparison.Score) -> Double
    ) -> Table.Column {
      Table.Column(name, found.scores.map { .number(number($0)) })
    }
    var columns = [
      Table.Column("method", found.scores.map { _ in .string(method.rawValue) })
    ]
    if found.scores.count > 1 || method == .pwcca {
      columns.append(Table.Column("weights", found.scores.map { .string($0.weights) }))
    }
    columns += [
      column("similarity") { $0.similarity.value }, column("low") { $0.similarity.low },
      column("high") { $0.similarity.high }, column("null", \.null),
      column("distance", \.distance), column("null_distance", \.nullDistance),
      column("corrected", \.correctedDistance), column("p", \.p),
    ]
    let size =
      "\(found.count) rows, \(found.ranks.first) and \(found.ranks.second) "
      + (method.isCorrelation ? "directions" : "columns")
    return Table(columns, notes: [size] + found.notes + notes)
  }

  /// The second side's views; nil where they are those of the first, which then are there once.
  private func views(unlike left: [Matrix]) throws(Failure) -> [Matrix]? {
    var views: [Matrix] = []
    var isSame = left.count == second.panels.count
    for (place, panel) in second.panels.enumerated() {
      let points = try panel.points()
      if isSame, points == left[place] { continue }
      if isSame { views = Array(left[..<place]) }
      isSame = false
      views.append(points)
    }
    return isSame ? nil : views
  }

  func grid(
    _ settings: ViewComparison.Settings, _ context: Context
  ) throws(Failure) -> TensorValue {
    let total = first.panels.count * second.panels.count
    let left = try first.panels.map { panel throws(Failure) in try panel.points() }
    let right = try views(unlike: left)
    let found = try onComparison { () throws(StatisticsError) in
      try ViewComparison.grid(left, right, settings) { pair throws(StatisticsError) in
        context.output.progress(pair, of: total, "similarity")
        if context.interruption.isRequested { throw .interrupted }
      }
    }
    let null = "shuffled rows give \(NumberText.rounded(found.nullMean)) on average"
    return TensorValue(
      axes: [
        .init("first", labels: first.panels.map(\.name)),
        .init("second", labels: second.panels.map(\.name)),
      ], storage: .doubles(found.similarities.elements),
      notes: ["\(method.rawValue) similarity of \(first.count) rows"]
        + (settings.shuffles == 0 ? [] : [null]) + found.notes + notes)
  }
}
