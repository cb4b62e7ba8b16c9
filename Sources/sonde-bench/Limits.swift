import Foundation
import Tensors

/// What the machine can do at best, measured in the same run as everything else.
enum Limits {
  /// Bytes read in a second by all threads together, over a block far larger than any cache.
  static func readBandwidth() -> Double {
    let count = 128 << 20
    let block = Tensor<Float>(zeros: [.width], [count])
    let parts = Workers.threads
    let time = Measurement.least(count: 7) {
      block.withElements { elements in
        elements.withMemoryRebound(to: Int32.self) { words in
          nonisolated(unsafe) let words = words
          Workers.parallel(parts) { part in
            var sum: Int32 = 0
            for index in count / parts * part..<count / parts * (part + 1) { sum &+= words[index] }
            // Keeps the loop: a block of zeros sums to zero, which the compiler cannot know.
            if sum != 0 { print(sum) }
          }
        }
      }
    }
    return Double(count * 4) / time
  }

  /// Floating point operations in a second at the best of a few shapes of matrix product.
  static func productRate() -> Double {
    let size = 2048
    let elements = (0..<size * size).map { Float($0 % 7) / 7 }
    let a = Tensor<Float>([.row, .width], [size, size], elements)
    guard let weight = try? LinearWeight(a, layout: .inputByOutput) else { return 0 }
    let time = Measurement.least(count: 7) {
      _ = Kernels.linear(a, weight)
    }
    return 2 * Double(size * size * size) / time
  }

  /// The resident memory of this process, in bytes.
  static func residentBytes() -> Double { statusBytes("VmRSS:") }

  /// The most resident memory that this process has while it does some work, in bytes.
  static func peakBytes(_ work: () throws -> Void) throws -> Double {
    // Makes the present memory the peak so far.
    try Data("5".utf8).write(to: URL(fileURLWithPath: "/proc/self/clear_refs"))
    try work()
    return statusBytes("VmHWM:")
  }

  private static func statusBytes(_ name: String) -> Double {
    guard let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix(name) }),
      let kilobytes = line.split(whereSeparator: { !$0.isNumber }).first.flatMap({ Double($0) })
    else { return .nan }
    return kilobytes * 1024
  }
}
