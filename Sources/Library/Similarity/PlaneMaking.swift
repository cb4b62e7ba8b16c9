import Language
import Statistics
import Tensors

/// Makes pictures of points in a plane with their numbers.
struct PlaneMaking {
  /// A picture's points, and what is said of the way they were found.
  struct Plane {
    let points: Matrix
    var xLabel = ""
    var yLabel = ""
    /// Numbers of the method, by the column that they get.
    var numbers: [(name: String, value: Double)] = []
    /// What is said under the picture.
    var note = ""
  }

  /// The sets of vectors, with the rows that are shown.
  let sets: PointSets
  private let names: [String]
  /// The label of each row, by its place in `names`; all 0 without labels.
  private let classes: [Int]
  private let seed: UInt64
  private var notes: [String]

  /// Takes at most `most` rows of each label, drawn with the seed.
  init(_ data: Value, labels: Value?, most: Int, seed: UInt64) throws(Failure) {
    let all = try PointSets(data)
    let found = try labels.map { value throws(Failure) in try PointLabels(value, for: all) }
    let places = found?.places ?? [Int?](repeating: 0, count: all.count)
    var random = SeededGenerator(seed: seed)
    var kept: [Int] = []
    var notes = all.notes
    for label in 0..<max(found?.names.count ?? 1, 1) {
      let rows = places.indices.filter { places[$0] == label }
      kept += random.sample(most, of: rows.count).map { rows[$0] }
      if rows.count > most {
        let name = found.map { " labelled \($0.names[label])" } ?? ""
        notes.append("\(most) of \(rows.count) rows\(name) drawn")
      }
    }
    kept.sort()
    guard kept.count >= 4 else {
      throw Failure(
        "too-few-rows", "\(Value.count(kept.count, "point")) make no picture", argument: "data",
        help: "give at least 4 rows")
    }
    let unlabelled = places.count { $0 == nil }
    if unlabelled > 0 { notes.append("\(Value.count(unlabelled, "row")) without a label left out") }
    if found == nil {
      notes.append("no labels: nothing to tell apart")
    } else if Set(kept.map { places[$0] }).count < 2 {
      notes.append("one label: nothing to tell apart")
    }
    sets = all.keeping(kept)
    names = found?.names ?? [""]
    classes = kept.map { places[$0] ?? 0 }
    self.seed = seed
    self.notes = notes
  }

  /// The pictures of all sets.
  ///
  /// - Parameter plane: the plane of a set of vectors, by the set's place.
  func value(
    title: String, notes further: [String], _ plane: (Int, Matrix) throws(Failure) -> Plane
  ) throws(Failure) -> PlaneValue {
    var panels: [Figure] = []
    var (rows, points) = ([Record](), [Record]())
    for (place, set) in sets.panels.enumerated() {
      let vectors = try set.points()
      let found = try plane(place, vectors)
      let scores = try onStatistics("data") { () throws(StatisticsError) in
        try PlaneScores(
          points: vectors, plane: found.points, labels: classes, units: sets.units, seed: seed)
      }
      panels.append(
        Figure(
          .scatter(series(found.points)), title: set.name, valueLabel: found.yLabel,
          xLabel: found.xLabel,
          notes: Self.lines(scores, of: sets.count) + (found.note.isEmpty ? [] : [found.note])
        ))
      rows.append(row(set.name, scores, found))
      points += self.points(set.name, found.points)
    }
    let figure =
      panels.count == 1
      ? Figure(
        panels[0].content, title: title, valueLabel: panels[0].valueLabel,
        xLabel: panels[0].xLabel, notes: panels[0].notes + further + notes)
      : Figure(.panels(panels), title: title, notes: further + notes)
    return PlaneValue(
      figure: figure, numbers: Table(rows: rows, notes: further + notes),
      points: Table(rows: points))
  }

  private func series(_ plane: Matrix) -> [Figure.Series] {
    names.enumerated().map { label, name in
      let members = classes.indices.filter { classes[$0] == label }
      return Figure.Series(
        name, x: members.map { plane[$0, 0] }, y: members.map { plane[$0, 1] },
        labels: members.map { sets.rowNames[$0] })
    }
  }

  private static func lines(_ scores: PlaneScores, of shown: Int) -> [String] {
    if scores.accuracy.value.isNaN { return [] }
    func text(_ number: Double) -> String { NumberText.rounded((number * 100).rounded() / 100) }
    let interval = "[\(text(scores.accuracy.low)), \(text(scores.accuracy.high))]"
    return [
      "accuracy \(text(scores.accuracy.value)) \(interval), labels in random order "
        + text(scores.null.value),
      "purity \(text(scores.purity)), in the plane \(text(scores.planePurity)), "
        + "chance \(text(scores.chance))",
    ] + (scores.count < shown ? ["of \(scores.count) points, drawn"] : [])
  }

  private func row(_ name: String, _ scores: PlaneScores, _ plane: Plane) -> Record {
    var fields: [(String, Value)] = name.isEmpty ? [] : [("panel", .string(name))]
    fields += [
      ("points", .int(sets.count)), ("accuracy", .number(scores.accuracy.value)),
      ("low", .number(scores.accuracy.low)), ("high", .number(scores.accuracy.high)),
      ("null", .number(scores.null.value)), ("p", .number(scores.p)),
      ("purity", .number(scores.purity)),
      ("plane_purity", .number(scores.planePurity)), ("chance", .number(scores.chance)),
    ]
    fields += plane.numbers.map { ($0.name, .number($0.value)) }
    // At the end, where a narrow terminal leaves them out.
    fields += [
      ("majority", .number(scores.majority)), ("null_low", .number(scores.null.low)),
      ("null_high", .number(scores.null.high)),
    ]
    return Record(fields)
  }

  private func points(_ name: String, _ plane: Matrix) -> [Record] {
    classes.indices.map { place in
      var fields: [(String, Value)] = name.isEmpty ? [] : [("panel", .string(name))]
      fields += [
        ("row", .int(sets.places[place])), ("name", .string(sets.rowNames[place])),
        ("label", .string(names[classes[place]])), ("x", .number(plane[place, 0])),
        ("y", .number(plane[place, 1])),
      ]
      return Record(fields)
    }
  }
}
