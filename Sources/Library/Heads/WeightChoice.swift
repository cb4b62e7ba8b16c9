import Analysis
import Faults
import Language
import Transformers

/// Whose weights a measurement is made with.
///
/// The same measurement on the same architecture with random weights is the null that everything has:
/// what comes out where nothing was learnt.
enum WeightChoice: String, CaseIterable, Argument {
  case own, random, both

  static let kind = "weights"
  static let quotedNames = allCases.map { "\"\($0.rawValue)\"" }
  var defaultText: String { "\"\(rawValue)\"" }

  static func from(_ value: Value) throws(Failure) -> WeightChoice? {
    try choice(value, "choice of weights")
  }

  /// The parameter of commands that can be asked for their null.
  static func parameter(_ fallback: WeightChoice) -> Language.Parameter<WeightChoice> {
    Parameter(
      "weights",
      "The model's \"own\", \"random\" ones of the same shapes (the null), or \"both\": own numbers "
        + "with the null beside them.",
      .named, default: fallback, choices: quotedNames)
  }
}

/// What was measured, and what the same measurement gave with random weights.
struct Weighed<Reading> {
  /// What was measured: with random weights, where only these were asked for.
  let reading: Reading
  /// The null; nil where it was not asked for, or is the reading itself.
  let random: Reading?
  /// What must be said of the weights under a result.
  let notes: [String]
}

extension WeightChoice {
  /// Measures with the weights that are meant; interventions hold in any case.
  ///
  /// - Parameters:
  ///   - seed: What random weights are drawn from.
  ///   - measure: Gets the model to measure, and what stands behind the name of a step in progress.
  ///   - null: Measures what stands beside own numbers, where that is less than all; `measure` if nil.
  func measure<Reading>(
    _ experiment: Experiment, seed: UInt64,
    _ measure: (Experiment, String) throws(Failure) -> Reading,
    null: ((Experiment, String) throws(Failure) -> Reading)? = nil
  ) throws(Failure) -> Weighed<Reading> {
    func random() throws(Failure) -> Reading {
      let control = try faultsAsFailures { () throws(Fault) in try experiment.randomised(seed: seed)
      }
      let label = ", random weights"
      if self == .both, let null { return try null(control, label) }
      return try measure(control, label)
    }
    switch self {
    case .own: return Weighed(reading: try measure(experiment, ""), random: nil, notes: [])
    case .random:
      return Weighed(
        reading: try random(), random: nil,
        notes: ["random weights, seed \(seed): what comes out is the null of this measurement"])
    case .both:
      return Weighed(
        reading: try measure(experiment, ""), random: try random(),
        notes: ["random: the same with random weights, seed \(seed)"])
    }
  }

  /// Measures a table; for `both`, columns of the table with random weights stand beside.
  ///
  /// - Parameters:
  ///   - columns: Which columns of the null are shown, and what they are called then.
  ///   - key: The column by which rows find each other, together with those in `further`.
  ///   - null: Makes the columns of the null alone; `make` if nil.
  func table(
    _ experiment: Experiment, seed: UInt64, _ columns: [(String, String)],
    by key: String, and further: [String] = [],
    _ make: (Experiment, String) throws(Failure) -> Table,
    null: ((Experiment, String) throws(Failure) -> Table)? = nil
  ) throws(Failure) -> Table {
    let found = try measure(experiment, seed: seed, make, null: null)
    let table =
      found.random.map { found.reading.beside($0, columns, by: [key] + further) } ?? found.reading
    return Table(table.columns, notes: table.notes + found.notes)
  }

  /// Measures a table; for `both`, a note says what its columns of numbers hold with random weights.
  ///
  /// Heads of a model that has learnt nothing are alike, so one number for all of them, and their
  /// range, tell what there is to know.
  func table(
    _ experiment: Experiment, seed: UInt64, summing columns: [String],
    _ make: (Experiment, String) throws(Failure) -> Table
  ) throws(Failure) -> Table {
    let found = try measure(experiment, seed: seed, make)
    guard let random = found.random else {
      return Table(found.reading.columns, notes: found.reading.notes + found.notes)
    }
    let sums = columns.compactMap { name in random[name].flatMap(\.range).map { "\(name) \($0)" } }
    return Table(
      found.reading.columns,
      notes: found.reading.notes + [
        "random weights, seed \(seed), mean [least, most]: " + sums.joined(separator: ", ")
      ])
  }
}

extension Table {
  /// What columns of other nulls are called.
  private static let nulls: Set<String> = ["null", "uniform", "most", "chance", "shuffled"]

  /// The table with columns of another one, whose rows are found by a column that both have.
  fileprivate func beside(
    _ other: Table, _ columns: [(String, String)], by key: [String]
  ) -> Table {
    func keys(_ table: Table) -> [[Value]] {
      (0..<table.rowCount).map { row in key.map { table[$0]?.values[row] ?? .null } }
    }
    let places = Dictionary(
      keys(other).enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let rows = keys(self).map { places[$0] }
    let added = columns.compactMap { source, name in
      other[source].map { column in
        Column(name, rows.map { $0.map { column.values[$0] } ?? .null })
      }
    }
    // Next to the other nulls, where there are some.
    let place = self.columns.lastIndex { Self.nulls.contains($0.name) }
    let front = place.map { Array(self.columns[...$0]) } ?? self.columns
    return Table(front + added + self.columns.dropFirst(front.count), notes: notes)
  }
}

extension Table.Column {
  /// The mean of its numbers with the least and the greatest; nil where there are none.
  fileprivate var range: String? {
    let numbers = values.compactMap { value -> Double? in
      if case .number(let number) = value, number.isFinite { number } else { nil }
    }
    guard let least = numbers.min(), let most = numbers.max() else { return nil }
    func short(_ number: Double) -> String { NumberText.rounded(number, digits: 2) }
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    return "\(short(mean)) [\(short(least)), \(short(most))]"
  }
}
