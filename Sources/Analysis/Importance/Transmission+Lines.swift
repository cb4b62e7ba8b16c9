import Statistics

extension Transmission {
  /// What was found of a head.
  public struct Line: Sendable {
    /// The head.
    public let head: HeadPlace
    /// The mean correlation over texts, or the share of sinks.
    public let value: Estimate
    /// What it is by chance; NaN where there is no such number.
    public let null: Double
    /// The chance of a correlation as far from the null over texts, to either side.
    public let p: Double
    /// How many texts have a correlation, or how many pairs a share is of.
    public let count: Int
  }

  /// The correlations of a measure head by head, or the shares of sinks for nil.
  public func lines(_ measure: Measure?) -> [Line] {
    heads.heads.enumerated().map { head, place in
      guard let measure, let sums = correlations[measure] else {
        let (joined, chance) = (sinks.joined([head]), sinkChances.joined([head]))
        // A text's lead counts by its pairs.
        let leads = joined.sums.indices.compactMap { text in
          joined.weights[text] > 0 ? joined.sums[text] - chance.sums[text] : nil
        }
        return Line(
          head: place, value: joined.estimate(seed: settings.seed).within(0...1),
          null: chance.estimate(seed: settings.seed).value,
          p: leads.count > 1
            ? PermutationTest.paired(leads, lines: heads.count, seed: settings.seed).p : .nan,
          count: Int(joined.weights.reduce(0, +)))
      }
      let own = sums.joined([head])
      let chance = measure == .transfer ? shuffled.joined([head]) : nil
      let differences = own.sums.indices.compactMap { text -> Double? in
        own.weights[text] > 0 ? own.sums[text] - (chance?.sums[text] ?? 0) : nil
      }
      return Line(
        head: place, value: own.estimate(seed: settings.seed).within(-1...1),
        null: chance?.estimate(seed: settings.seed).value ?? 0,
        p: differences.count > 1
          ? PermutationTest.paired(differences, lines: heads.count, seed: settings.seed).p : .nan,
        count: differences.count)
    }
  }
}
