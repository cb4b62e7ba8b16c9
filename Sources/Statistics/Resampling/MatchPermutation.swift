import Tensors

/// How many hits the best of many predictors has when truths are dealt to cases anew.
///
/// Predictions and truths are small whole numbers, such as distances to the right word. Dealing the
/// truths anew keeps how often each occurs, so that a predictor which always says the commonest one
/// does as well as before: what it falls behind is what it knows of the single case.
public struct MatchPermutation: Sendable {
  /// Numbers beyond this count as this.
  public static let greatest = 31

  /// What each predictor says of each case, one list a predictor; nil for nothing.
  private let predictions: [[UInt8]]
  /// A bit for each number that is right, one word a case.
  private let truths: [UInt64]
  /// The cases among which truths are dealt, the last of each run.
  private let ends: [Int]

  /// - Parameters:
  ///   - predictions: One list a predictor, with an entry for each case; nil says nothing.
  ///   - truths: The numbers that are right in each case.
  ///   - runLength: Truths are dealt among so many cases that follow each other, so that cases in a
  ///     sensible order change truths with their like; nil for all of them.
  public init(predictions: [[Int?]], truths: [[Int]], runLength: Int? = nil) {
    let length = max(runLength ?? truths.count, 1)
    ends = stride(from: 0, to: truths.count, by: length).map { min($0 + length, truths.count) }
    self.predictions = predictions.map { list in
      list.map { $0.map { UInt8(Self.place($0)) } ?? 64 }
    }
    self.truths = truths.map { numbers in
      numbers.reduce(into: UInt64(0)) { bits, number in bits |= 1 << UInt64(Self.place(number)) }
    }
  }

  private static func place(_ number: Int) -> Int { min(max(number, -greatest), greatest) + 32 }

  /// The greatest share of hits among the predictors, once for each permutation.
  public func maxima(permutations: Int, seed: UInt64) -> [Double] {
    guard !truths.isEmpty else { return [] }
    var random = SeededGenerator(seed: seed)
    var dealt = truths
    return (0..<permutations).map { _ in
      var start = 0
      for end in ends {
        for last in stride(from: end - 1, to: start, by: -1) {
          dealt.swapAt(last, start + random.index(below: last + 1 - start))
        }
        start = end
      }
      let most = predictions.map { hits($0, dealt) }.max() ?? 0
      return Double(most) / Double(dealt.count)
    }
  }

  private func hits(_ predictions: [UInt8], _ truths: [UInt64]) -> Int {
    var count: UInt64 = 0
    for place in predictions.indices where predictions[place] < 64 {
      count += (truths[place] >> UInt64(predictions[place])) & 1
    }
    return Int(count)
  }
}
