import Analysis
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
  func measure<Reading>(
    _ experiment: Experiment, seed: UInt64,
    _ measure: (Experiment, String) throws(Failure) -> Reading
  ) throws(Failure) -> Weighed<Reading> {
    func random() throws(Failure) -> Reading {
      let control = try onModel { () throws(ModelError) in try experiment.randomised(seed: seed) }
      return try measure(control, ", random weights")
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
  ///   - key: The column by which rows find each other.
  func table(
    _ experiment: Experiment, seed: UInt64, _ columns: [(String, String)],
    by key: String, _ make: (Experiment, String) throws(Failure) -> Table
  ) throws(Failure) -> Table {
    let found = try measure(experiment, seed: seed, make)
    let table = found.random.map { found.reading.beside($0, columns, by: key) } ?? found.reading
    return Table(table.columns, notes: table.notes + found.notes)
  }
}

extension Table {
  /// The table with columns of another one, whose rows are found by a column that both have.
  fileprivate func beside(
    _ other: Table, _ columns: [(String, String)], by key: String
  ) -> Table {
    let keys = other[key]?.values ?? []
    let places = Dictionary(
      keys.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let rows = (self[key]?.values ?? []).map { places[$0] }
    let added = columns.compactMap { source, name in
      other[source].map { column in
        Column(name, rows.map { $0.map { column.values[$0] } ?? .null })
      }
    }
    return Table(self.columns + added, notes: notes)
  }
}
