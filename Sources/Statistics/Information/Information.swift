import Foundation

/// Entropies and divergences of distributions, in nats.
public enum Information {
  /// The number of bits in a nat.
  public static let bitsPerNat = 1 / M_LN2

  /// The entropy -Σ p ln p of probabilities; those that are zero add nothing.
  public static func entropy(_ probabilities: [Double]) -> Double {
    var sum = 0.0
    for p in probabilities where p > 0 { sum -= p * Foundation.log(p) }
    return sum
  }

  /// The entropy of the shares of counts; NaN when all are zero.
  public static func entropy(counts: [Int]) -> Double {
    let total = Double(counts.reduce(0, +))
    guard total > 0 else { return .nan }
    // ln N - Σ n ln n / N: exact for equal counts.
    var sum = 0.0
    for count in counts where count > 1 { sum += Double(count) * Foundation.log(Double(count)) }
    return max(Foundation.log(total) - sum / total, 0)
  }

  /// The entropy of how often each label occurs; NaN of none.
  public static func entropy(labels: [some Hashable]) -> Double {
    var counts: [AnyHashable: Int] = [:]
    for label in labels { counts[label, default: 0] += 1 }
    // In a fixed order, so that the sum has the same bits each time.
    return entropy(counts: counts.values.sorted())
  }

  /// The Kullback–Leibler divergence Σ p ln(p/q); infinite where q lacks what p has.
  public static func divergence(_ p: [Double], from q: [Double]) -> Double {
    precondition(p.count == q.count, "distributions over the same outcomes")
    var sum = 0.0
    for place in p.indices where p[place] > 0 {
      if q[place] <= 0 { return .infinity }
      sum += p[place] * Foundation.log(p[place] / q[place])
    }
    return max(sum, 0)
  }
}
