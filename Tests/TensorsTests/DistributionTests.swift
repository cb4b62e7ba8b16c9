import Foundation
import Testing

@testable import Tensors

@Suite struct DistributionTests {
  @Test(arguments: [1, 7, 8, 16, 17, 31, 33, 200])
  func softmaxAndItsNormaliser(width: Int) {
    check(Float.self, width, tolerance: 1e-6)
    check(Double.self, width, tolerance: 1e-14)
  }

  private func check<E: Scalar>(_ type: E.Type, _ width: Int, tolerance: Double) {
    var numbers = Numbers(seed: 6)
    let x = numbers.tensor([.position, .vocabulary], [5, width], scale: 20, of: E.self)
    var y = x
    Kernels.softmax(&y)
    let sums = Kernels.logSumExp(x)
    for row in 0..<5 {
      let line = Array(x.doubles[row * width..<(row + 1) * width])
      let expected = ReferenceAttention.softmax(line)
      let found = Array(y.doubles[row * width..<(row + 1) * width])
      #expect(largestDifference(found, expected) < tolerance)
      let top = line.max() ?? 0
      let sum = top + log(line.reduce(0) { $0 + exp($1 - top) })
      #expect(abs(Double(sums[row]) - sum) < tolerance * 20)
    }
  }

  @Test func masksAreExactZeros() {
    let rest = -Float.infinity
    var x = Tensor<Float>([.row, .key], [3, 3], [1, rest, 1, rest, rest, rest, 0, -500, rest])
    #expect(Kernels.logSumExp(x)[1] == rest)
    Kernels.softmax(&x)
    #expect(x.elements == [0.5, 0, 0.5, 0, 0, 0, 1, 0, 0])
  }

  @Test func maskedTailsChangeNoBit() {
    var numbers = Numbers(seed: 8)
    let short: Tensor<Float> = numbers.tensor([.row, .key], [1, 37], scale: 9)
    let padding = [Float](repeating: -.infinity, count: 16)
    var padded = Tensor(
      [.row, .key], [1, 37 + 32], padding + short.elements + padding)
    var plain = short
    Kernels.softmax(&plain)
    Kernels.softmax(&padded)
    #expect(Array(padded.elements[16..<53]) == plain.elements)
  }

  @Test func largestEntries() {
    let x = Tensor<Float>(
      [.row, .vocabulary], [2, 6], [3, 1, 3, .nan, -1, 2, 0, 0, 0, 0, 0, -.infinity])
    #expect(Kernels.topK(x, 3).map(\.index) == [0, 2, 5])
    #expect(Kernels.topK(x, 3).map(\.value) == [3, 3, 2])
    #expect(Kernels.topK(x, 99).map(\.index) == [0, 2, 5, 1, 4])
    #expect(Kernels.topK(x, 2, row: 1).map(\.index) == [0, 1])
    #expect(Kernels.topK(x, 0).isEmpty)
  }

  @Test func manyLargestEntriesAreTheFirstOfAll() {
    var numbers = Numbers(seed: 10)
    let x: Tensor<Double> = numbers.tensor([.vocabulary], [2000])
    let all = Kernels.topK(x, 2000)
    #expect(all.map(\.value) == x.elements.sorted(by: >))
    #expect(Kernels.topK(x, 256).map(\.index) == all.prefix(256).map(\.index))
    #expect(Kernels.topK(x, 257).map(\.index) == all.prefix(257).map(\.index))
  }
}
