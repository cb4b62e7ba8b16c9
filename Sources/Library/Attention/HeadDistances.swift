import Analysis
import Language
import Statistics

extension Workbench {
  var headDistancesCommand: Builtin {
    Builtin(
      "head_distances", "Measures how differently heads look at the same tokens.",
      AttentionParameters.corpus, AttentionParameters.heads,
      Parameter<DistanceView>(
        "as",
        "\"matrix\": all distances; \"map\": a picture in which near heads are alike; \"table\": "
          + "the map's numbers and clusters; \"layers\": heads of one layer against heads of two.",
        .named, default: .matrix, choices: DistanceView.choices),
      Parameter<Bool>(
        "root", "Whether roots of distances are taken, which makes them a metric.", .named,
        default: false),
      Parameter<Int?>(
        "clusters", "How many clusters; those with the greatest silhouette by default.", .named,
        in: .from(2)),
      AttentionParameters.special(),
      ReleasedCode.parameter("divergences are added up over tokens, not averaged."),
      AttentionParameters.weights, AttentionParameters.seed,
      returns: "tensor, figure or table", family: .heads,
      alsoFoundAs: [
        "Jensen-Shannon", "divergence", "MDS", "map of heads", "clusters", "silhouette", "similar",
      ],
      details: """
        The distance of two heads is the Jensen–Shannon divergence of what they give to the keys, in \
        nats, averaged over tokens that see more than one key; 0.001 of each row is spread evenly \
        first. It goes from 0 to ln 2. Clark et al. (2019) add up instead of averaging \
        (`compat: "released"`), which changes the scale alone. The map is metric multidimensional scaling, the clusters average linkage; \
        `stress` above 0.2 says that two dimensions do not hold the distances.

        Whether heads of one layer are alike is tested by dealing layer labels anew; the silhouette \
        of the layers goes from -1 to 1. In the table, `behaviour` is what a head visibly does: more \
        than 0.5 to the next or the previous token, more than 0.6 to special tokens or the first, or \
        broad.
        """,
      examples: [
        Example(
          #"load "random-tiny"; let d = head_distances ["the cat", "a dog"]; d[head: 0, other: 0]"#,
          shows: "No head differs from itself.", gives: .number(0)),
        Example(
          #"load "random-tiny"; head_distances ["the cat sees"] as: "table" | keys"#,
          shows: "The map's numbers.",
          gives: .strings("head", "x", "y", "cluster", "behaviour", "nearest", "distance")),
        Example(
          #"load "random-tiny"; head_distances ["the cat sees"] as: "layers" | len"#,
          shows: "Layers are compared.", gives: .number(2)),
      ]
    ) {
      [self]
      context, corpus, heads, view, isRoot, clusters, special, compat, weights, seed throws(Failure)
      in
      let isSum = try ReleasedCode.isMeant(compat)
      if isSum, isRoot {
        throw Failure(
          "conflicting-arguments", "`compat` adds divergences up, and a sum has no root",
          argument: "compat", help: "leave `root` or `compat` away")
      }
      let question = try question(corpus, heads, seed: seed)
      guard question.heads.count > 2 else {
        throw Failure(
          "too-few-heads", "distances need three heads or more", argument: "heads",
          help: "take a whole layer, such as L1, or all")
      }
      if let clusters, !(2...question.heads.count).contains(clusters) {
        throw Failure(
          "out-of-range", "there can be 2 to \(question.heads.count) clusters, not \(clusters)",
          argument: "clusters")
      }
      let count = question.rows.count
      let found = try weights.measure(question.experiment, seed: question.seed) {
        experiment, label throws(Failure) in
        var found = HeadDistances(
          rows: count, heads: question.heads, special: special, isRoot: isRoot, isSum: isSum)
        var behaviours = HeadBehaviours(rows: count, heads: question.heads)
        try question.on(experiment, label).run(context, "head_distances") {
          found.add($0)
          behaviours.add($0)
        }
        return DistanceReading(
          found: found,
          map: try Self.map(found, behaviours.names, clusters, seed: question.seed))
      }
      var notes = question.notes + special.notes + found.notes
      let skipped = found.reading.found.skipped
      if skipped > 0 { notes.append("\(Value.count(skipped, "text")) left out") }
      return DistancePicture(
        reading: found.reading, random: found.random, question: question, notes: notes
      ).value(as: view)
    }
  }

  private static func map(
    _ found: HeadDistances, _ behaviours: [String], _ clusters: Int?, seed: UInt64
  ) throws(Failure) -> HeadMap {
    do throws(StatisticsError) {
      return try HeadMap(found, behaviours: behaviours, clusters: clusters, seed: seed)
    } catch {
      throw Failure(
        "no-numbers", "the heads have no distances: \(error)", argument: "corpus",
        help: "take texts of two tokens and more")
    }
  }
}

/// Distances between heads with what was made of them.
private struct DistanceReading {
  let found: HeadDistances
  let map: HeadMap
}

/// How distances between heads are shown.
enum DistanceView: String, ChoiceArgument {
  case matrix, map, table, layers

  static let kind = "view"
}

/// Distances between heads in one of their views.
private struct DistancePicture {
  let reading: DistanceReading
  let random: DistanceReading?
  let question: AttentionQuestion
  let notes: [String]

  private var map: HeadMap { reading.map }

  func value(as view: DistanceView) -> Value {
    switch view {
    case .matrix: .tensor(matrix)
    case .map: .figure(figure)
    case .table: .table(table)
    case .layers: .table(layers)
    }
  }

  private func stress(_ map: HeadMap) -> String {
    "stress \(Workbench.short(map.scaling.stress))"
  }

  private var remarks: [String] {
    var lines: [String] = []
    if let test = map.layerTest {
      lines.append(
        "heads of one layer are \(Workbench.short(test.observed)) nearer than heads of two "
          + "(p \(Workbench.short(test.p)) by dealing layers anew); silhouette of layers "
          + Workbench.short(map.layerSilhouette))
    }
    if let random {
      let distance = Workbench.short(random.found.meanDistance)
      var line =
        "random weights: \(distance) apart on average, here "
        + Workbench.short(reading.found.meanDistance)
      if let test = random.map.layerTest {
        line += "; heads of one layer \(Workbench.short(test.observed)) nearer"
      }
      lines.append(line)
    }
    return lines + notes
  }

  private var matrix: TensorValue {
    TensorValue(
      axes: [.init("head", labels: map.heads.names), .init("other", labels: map.heads.names)],
      storage: .doubles(map.distances.elements), notes: remarks)
  }

  private var figure: Figure {
    let series = map.heads.layers.map { layer in
      Figure.Series(
        "L\(layer.site.layer)", x: layer.range.map { map.scaling.points[$0, 0] },
        y: layer.range.map { map.scaling.points[$0, 1] },
        labels: layer.range.map { map.heads.names[$0] })
    }
    return Figure(
      .scatter(series), title: "heads by their attention", notes: [stress(map)] + remarks)
  }

  private var table: Table {
    let places = map.heads.heads.indices
    let nearest = map.nearest
    return Table(
      [
        question.headColumn,
        Table.Column("x", places.map { .number(map.scaling.points[$0, 0]) }),
        Table.Column("y", places.map { .number(map.scaling.points[$0, 1]) }),
        Table.Column("cluster", map.clusters.map { .int($0) }),
        Table.Column("behaviour", map.behaviours.map { .string($0.isEmpty ? "–" : $0) }),
        Table.Column(
          "nearest",
          places.map { nearest[$0].map { .host(map.heads.heads[$0].address) } ?? .null }),
        Table.Column(
          "distance",
          places.map { head in .number(nearest[head].map { map.distances[head, $0] } ?? .nan) }),
      ], notes: [stress(map)] + remarks)
  }

  private var layers: Table {
    let null = random.map { random in
      Table.Column("random", (0..<2).map { .number(random.found.layers.mean($0)) })
    }
    return Table(
      [Table.Column("heads", [.string("of one layer"), .string("of two layers")])]
        + reading.found.layers.estimates(seed: question.seed, within: 0 ... .infinity).columns(
          "distance")
        + (null.map { [$0] } ?? []),
      notes: [intervalNote] + remarks)
  }
}
