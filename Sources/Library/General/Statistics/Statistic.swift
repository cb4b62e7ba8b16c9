import Foundation
import Language

/// Statistics of numbers, in double precision.
///
/// NaN among the numbers makes the result NaN.
enum Statistic {
  /// The sum, with the rounding errors of the additions made good (Neumaier, 1974).
  static func sum(_ numbers: [Double]) -> Double {
    var sum = 0.0
    var lost = 0.0
    for number in numbers {
      let next = sum + number
      lost += abs(sum) >= abs(number) ? (sum - next) + number : (number - next) + sum
      sum = next
    }
    return sum.isFinite ? sum + lost : sum
  }

  /// The arithmetic mean; NaN of nothing.
  static func mean(_ numbers: [Double]) -> Double { sum(numbers) / Double(numbers.count) }

  /// The least number.
  static func min(_ numbers: [Double]) -> Double {
    numbers.reduce(.infinity) { $0.isNaN || $1.isNaN ? .nan : Swift.min($0, $1) }
  }

  /// The greatest number.
  static func max(_ numbers: [Double]) -> Double {
    numbers.reduce(-.infinity) { $0.isNaN || $1.isNaN ? .nan : Swift.max($0, $1) }
  }

  /// The middle number, or the mean of the middle two.
  static func median(_ numbers: [Double]) -> Double {
    if numbers.contains(where: \.isNaN) { return .nan }
    let sorted = sorted(numbers[...])
    let middle = sorted.count / 2
    if sorted.count % 2 == 1 { return sorted[middle] }
    let (low, high) = (sorted[middle - 1], sorted[middle])
    return low == high ? low : low + (high - low) / 2
  }

  /// The numbers in order, by merging halves, so that a run can be stopped in between.
  private static func sorted(_ numbers: ArraySlice<Double>) -> [Double] {
    if numbers.count <= 1 << 16 { return numbers.sorted() }
    if Interruption.isCurrentRequested { return Array(numbers) }
    let middle = numbers.startIndex + numbers.count / 2
    let halves = (sorted(numbers[..<middle]), sorted(numbers[middle...]))
    var merged: [Double] = []
    merged.reserveCapacity(numbers.count)
    var (low, high) = (0, 0)
    while low < halves.0.count, high < halves.1.count {
      if halves.1[high] < halves.0[low] {
        merged.append(halves.1[high])
        high += 1
      } else {
        merged.append(halves.0[low])
        low += 1
      }
    }
    return merged + halves.0[low...] + halves.1[high...]
  }

  /// The standard deviation of a sample: divided by one less than the count; 0 of one number.
  static func deviation(_ numbers: [Double]) -> Double {
    if numbers.count == 1 { return numbers[0].isFinite ? 0 : .nan }
    let mean = mean(numbers)
    let squares = numbers.map { ($0 - mean) * ($0 - mean) }
    return (sum(squares) / Double(numbers.count - 1)).squareRoot()
  }
}
