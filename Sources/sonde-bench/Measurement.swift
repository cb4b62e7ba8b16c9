import Dispatch

/// Times of pieces of work, in seconds.
enum Measurement {
  /// The median time of some work, after one run to warm up.
  static func median(count: Int = 5, _ work: () throws -> Void) rethrows -> Double {
    try work()
    return try median((0..<count).map { _ in try seconds(work) })
  }

  /// The least time of some work, after one run to warm up.
  static func least(count: Int, _ work: () throws -> Void) rethrows -> Double {
    try work()
    return try (0..<count).map { _ in try seconds(work) }.min() ?? .nan
  }

  /// The median times of two pieces of work that are run in turn, so that what slows the machine
  /// for a while slows both.
  static func medians(
    count: Int = 7, _ first: () throws -> Void, _ second: () throws -> Void
  ) rethrows -> (first: Double, second: Double) {
    try first()
    try second()
    var times: (first: [Double], second: [Double]) = ([], [])
    for _ in 0..<count {
      times.first.append(try seconds(first))
      times.second.append(try seconds(second))
    }
    return (median(times.first), median(times.second))
  }

  /// The middle of some numbers; NaN of none.
  static func median(_ numbers: [Double]) -> Double {
    numbers.isEmpty ? .nan : numbers.sorted()[numbers.count / 2]
  }

  private static func seconds(_ work: () throws -> Void) rethrows -> Double {
    let start = DispatchTime.now().uptimeNanoseconds
    try work()
    return Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
  }
}
