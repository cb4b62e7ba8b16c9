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

  /// - Parameters:
  ///   - predictions: One list a predictor, with an entry for each case; nil says nothing.
  ///   - truths: The numbers that are right in each case.
  public init(predictions: [[Int?]], truths: [[Int]]) {
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
      for last in stride(from: dealt.count - 1, to: 0, by: -1) {
        let other = Int(random.next().multipliedFullWidth(by: UInt64(last + 1)).high)
        dealt.swapAt(last, other)
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
