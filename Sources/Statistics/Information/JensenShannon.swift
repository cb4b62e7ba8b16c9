import Foundation
import Synchronization
import Tensors

/// The Jensen–Shannon divergence, in nats: from 0 to ln 2; its root is a metric.
public enum JensenShannon {
  /// The divergence of two distributions over the same outcomes.
  public static func divergence(_ p: [Double], _ q: [Double]) -> Double {
    precondition(p.count == q.count, "distributions over the same outcomes")
    var sum = 0.0
    for place in p.indices { sum += term(p[place], q[place]) }
    return min(max(sum / 2, 0), M_LN2)
  }

  /// The divergences between rows of attention of all pairs of heads, summed over queries.
  ///
  /// - Parameters:
  ///   - patterns: heads × queries × keys; each row over keys a distribution. Rows whose legal keys
  ///     differ from row to row, as of a causal model, are given by `legalKeys`.
  ///   - smoothing: the share of the uniform distribution over a row's legal keys that is mixed in;
  ///     Clark et al. (2019) take 0.001.
  ///   - legalKeys: for each query how many of the first keys are legal; nil for all.
  /// - Returns: heads × heads, symmetric with zeros on the diagonal.
  public static func sums<Element: Scalar>(
    _ patterns: Tensor<Element>, smoothing: Double = 0.001, legalKeys: [Int]? = nil
  ) -> Matrix {
    precondition(patterns.shape.count == 3, "heads, queries and keys")
    let (heads, queries, keys) = (patterns.shape[0], patterns.shape[1], patterns.shape[2])
    precondition(legalKeys.map { $0.count == queries } ?? true, "a count for each query")
    var rows = patterns.converted(to: Double.self).elements
    for row in 0..<heads * queries {
      let legal = min(legalKeys?[row % max(queries, 1)] ?? keys, keys)
      for key in 0..<legal {
        let place = row * keys + key
        rows[place] = (1 - smoothing) * rows[place] + smoothing / Double(legal)
      }
    }
    let (numbers, size) = (rows, queries * keys)
    let found = Mutex(Matrix(zeros: heads, heads))
    Workers.parallel(heads) { first in
      var sums: [Double] = []
      for second in (first + 1)..<max(heads, first + 1) {
        var sum = 0.0
        for place in 0..<size {
          sum += term(numbers[first * size + place], numbers[second * size + place])
        }
        sums.append(max(sum / 2, 0))
      }
      found.withLock { matrix in
        for (offset, sum) in sums.enumerated() {
          matrix[first, first + 1 + offset] = sum
          matrix[first + 1 + offset, first] = sum
        }
      }
    }
    return found.withLock { $0 }
  }

  /// p ln(p/m) + q ln(q/m), where m is their mean.
  @inline(__always)
  private static func term(_ p: Double, _ q: Double) -> Double {
    if p == q { return 0 }
    let mean = (p + q) / 2
    return (p > 0 ? p * Foundation.log(p / mean) : 0)
      + (q > 0 ? q * Foundation.log(q / mean) : 0)
  }
}
