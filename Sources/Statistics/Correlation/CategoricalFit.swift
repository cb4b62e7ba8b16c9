/// How much of a number's variance several classes of its items explain additively.
public enum CategoricalFit {
  /// R² of a fit with one effect for each class of each factor, made by going round the factors until
  /// nothing changes (backfitting; Breiman and Friedman, 1985).
  ///
  /// NaN where the numbers are constant.
  ///
  /// - Parameters:
  ///   - numbers: one for each item.
  ///   - factors: for each factor the class of each item, counted from 0.
  ///   - rounds: the most rounds.
  public static func explainedVariance(
    _ numbers: [Double], factors: [[Int]], rounds: Int = 20
  ) -> Double {
    let count = Double(max(numbers.count, 1))
    let mean = numbers.reduce(0, +) / count
    var rest = numbers.map { $0 - mean }
    let total = squares(rest)
    guard total > 1e-300 else { return .nan }
    let sizes = factors.map { ($0.max() ?? -1) + 1 }
    let counts = zip(factors, sizes).map { classes, size in
      var counts = [Double](repeating: 0, count: size)
      for name in classes { counts[name] += 1 }
      return counts
    }
    var last = total
    for _ in 0..<rounds {
      for (place, classes) in factors.enumerated() {
        var sums = [Double](repeating: 0, count: sizes[place])
        for item in rest.indices { sums[classes[item]] += rest[item] }
        for name in sums.indices where counts[place][name] > 0 {
          sums[name] /= counts[place][name]
        }
        for item in rest.indices { rest[item] -= sums[classes[item]] }
      }
      let now = squares(rest)
      if factors.count < 2 || last - now < 1e-7 * total { break }
      last = now
    }
    return 1 - squares(rest) / total
  }

  private static func squares(_ numbers: [Double]) -> Double {
    var sum = 0.0
    for number in numbers { sum += number * number }
    return sum
  }
}
