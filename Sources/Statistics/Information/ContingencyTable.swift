import Foundation
import Tensors

/// How often labels of two kinds come together.
public struct ContingencyTable: Sendable {
  /// How many pairs there are.
  public let count: Int
  /// How often each label of the first kind occurs.
  public let firstCounts: [Int]
  /// How often each label of the second kind occurs.
  public let secondCounts: [Int]
  /// The labels of the second kind, in the order of the first kind's.
  private let seconds: [Int]

  /// Counts pairs of labels; labels are whole numbers from 0.
  public init(_ first: [Int], _ second: [Int]) {
    precondition(first.count == second.count, "as many labels of both kinds")
    precondition((first.min() ?? 0) >= 0 && (second.min() ?? 0) >= 0, "labels count from 0")
    count = first.count
    var counts = [Int](repeating: 0, count: (first.max() ?? -1) + 1)
    for label in first { counts[label] += 1 }
    firstCounts = counts
    var starts: [Int] = []
    var start = 0
    for count in counts {
      starts.append(start)
      start += count
    }
    var grouped = [Int](repeating: 0, count: count)
    var secondCounts = [Int](repeating: 0, count: (second.max() ?? -1) + 1)
    for (label, other) in zip(first, second) {
      grouped[starts[label]] = other
      starts[label] += 1
      secondCounts[other] += 1
    }
    seconds = grouped
    self.secondCounts = secondCounts
  }

  /// The entropy of the first kind, in nats; NaN of no pairs.
  public var firstEntropy: Double { Information.entropy(counts: firstCounts) }
  /// The entropy of the second kind, in nats.
  public var secondEntropy: Double { Information.entropy(counts: secondCounts) }

  /// The mutual information of the two kinds, in nats, as the counts have it; NaN of no pairs.
  ///
  /// It is biased upwards by about (|X| - 1)(|Y| - 1) / 2N; `corrected` takes the bias off.
  public var mutualInformation: Double { mutualInformation(of: seconds) }

  /// The mutual information less that of the same labels in random order.
  ///
  /// - Parameter shuffles: how many random orders are averaged.
  public func corrected(shuffles: Int = 20, seed: UInt64) -> CorrectedInformation {
    var random = SeededGenerator(seed: seed)
    var shuffled = seconds
    let null = (0..<max(shuffles, 1)).map { _ in
      random.permute(&shuffled)
      return mutualInformation(of: shuffled)
    }
    let test = PermutationTest.result(observed: mutualInformation, null: null)
    return CorrectedInformation(
      raw: test.observed, null: test.nullMean, nullDeviation: test.nullDeviation, p: test.p,
      firstEntropy: firstEntropy, secondEntropy: secondEntropy)
  }

  /// H(Y) - H(Y|X), of labels in the order of the first kind's.
  private func mutualInformation(of seconds: [Int]) -> Double {
    guard count > 0 else { return .nan }
    var cells = [Int](repeating: 0, count: secondCounts.count)
    var touched: [Int] = []
    // Σ n ln n over cells, rows and columns.
    var joint = 0.0
    var place = 0
    for size in firstCounts {
      touched.removeAll(keepingCapacity: true)
      for _ in 0..<size {
        let label = seconds[place]
        if cells[label] == 0 { touched.append(label) }
        cells[label] += 1
        place += 1
      }
      for label in touched {
        joint += Self.weighted(cells[label])
        cells[label] = 0
      }
    }
    let rows = firstCounts.reduce(0.0) { $0 + Self.weighted($1) }
    let columns = secondCounts.reduce(0.0) { $0 + Self.weighted($1) }
    return max((joint - rows - columns) / Double(count) + Foundation.log(Double(count)), 0)
  }

  private static func weighted(_ count: Int) -> Double {
    count > 1 ? Double(count) * Foundation.log(Double(count)) : 0
  }
}

/// Mutual information with what chance alone gives, in nats.
public struct CorrectedInformation: Sendable, Hashable {
  /// As the counts have it.
  public let raw: Double
  /// The mean over random orders.
  public let null: Double
  /// The standard deviation over random orders.
  public let nullDeviation: Double
  /// The share of orders that have as much.
  public let p: Double
  /// The entropy of the first kind of labels: the most that there can be.
  public let firstEntropy: Double
  /// The entropy of the second kind.
  public let secondEntropy: Double

  /// What is left above chance.
  public var corrected: Double { raw - null }
  /// What is left as a share of the first kind's entropy; NaN where that is zero.
  public var share: Double {
    firstEntropy < Bootstrap.leastDenominator ? .nan : corrected / firstEntropy
  }
}
