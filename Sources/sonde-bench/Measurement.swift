import Foundation

/// Times of one piece of work, in seconds.
struct Measurement {
  let name: String
  private let times: [Double]

  var median: Double { times[times.count / 2] }
  var least: Double { times[0] }
  var high: Double { times[min(times.count - 1, times.count * 95 / 100)] }

  /// Runs the work once to warm up, then `count` times.
  init(_ name: String, count: Int = 9, _ work: () throws -> Void) rethrows {
    self.name = name
    try work()
    var times: [Double] = []
    for _ in 0..<count {
      let start = DispatchTime.now().uptimeNanoseconds
      try work()
      times.append(Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9)
    }
    self.times = times.sorted()
  }

  /// One line of JSON, for scripts/bench.
  var json: String {
    "{\"name\": \"\(name)\", \"median_s\": \(median), \"min_s\": \(least), \"p95_s\": \(high)}"
  }
}
