import Foundation
import Statistics
import TestSupport
import Tensors
import Testing

@Suite struct InformationTests {
  @Test func entropiesOfKnownDistributions() {
    let uniform = [Double](repeating: 0.25, count: 4)
    expectClose([Information.entropy(uniform)], [log(4)], absolute: 1e-15)
    #expect(Information.entropy([1, 0]) == 0)
    // A thousand equally frequent types: 6.908 nats, 9.966 bits.
    let thousand = Information.entropy(counts: [Int](repeating: 7, count: 1000))
    expectClose(
      [thousand, thousand * Information.bitsPerNat], [6.9077553, 9.9657843], absolute: 1e-7)
    #expect(Information.entropy(counts: [0, 0]).isNaN)
    expectClose([Information.entropy(labels: ["a", "b", "a", "b"])], [M_LN2], absolute: 1e-15)
    expectClose(
      [Information.divergence([0.5, 0.5], from: [0.25, 0.75])],
      [0.5 * log(2) + 0.5 * log(2.0 / 3)], absolute: 1e-15)
    #expect(Information.divergence([0.5, 0.5], from: [1, 0]) == .infinity)
  }

  @Test func jensenShannonBounds() {
    #expect(JensenShannon.divergence([0.2, 0.8], [0.2, 0.8]) == 0)
    #expect(JensenShannon.divergence([1, 0], [0, 1]) == M_LN2)
    let (p, q) = ([0.1, 0.4, 0.5], [0.3, 0.3, 0.4])
    let mean = zip(p, q).map { ($0 + $1) / 2 }
    expectClose(
      [JensenShannon.divergence(p, q)],
      [(Information.divergence(p, from: mean) + Information.divergence(q, from: mean)) / 2],
      absolute: 1e-15)
  }

  @Test func jensenShannonOfHeads() {
    // Head 0 looks at itself, head 1 at the next, head 2 as head 0; the first row has one legal key.
    let patterns = Tensor<Float>(
      ["head", "query", "key"], [3, 2, 2], [1, 0, 0, 1, 1, 0, 1, 0, 1, 0, 0, 1])
    let sums = JensenShannon.sums(patterns, smoothing: 0, legalKeys: [1, 2])
    expectClose(
      sums.elements, [0, M_LN2, 0, M_LN2, 0, M_LN2, 0, M_LN2, 0], absolute: 1e-15)
    let smooth = JensenShannon.sums(patterns, smoothing: 0.001)
    // Query 0 of both looks at key 0; of query 1 each keeps 0.999 of its own key.
    let expected = JensenShannon.divergence([0.0005, 0.9995], [0.9995, 0.0005])
    expectClose([smooth[0, 1]], [expected], absolute: 1e-12)
  }

  @Test func mutualInformationOfItselfIsTheEntropy() {
    let labels = (0..<3000).map { $0 % 1000 }
    let table = ContingencyTable(labels, labels)
    expectClose(
      [table.mutualInformation, table.firstEntropy], [log(1000), log(1000)], absolute: 1e-12)
    #expect(ContingencyTable([], []).mutualInformation.isNaN)
    expectClose(
      [ContingencyTable([0, 0, 1, 1], [0, 1, 0, 1]).mutualInformation], [0], absolute: 1e-15)
  }

  @Test func chanceIsTakenOff() {
    var random = SeededGenerator(seed: 4)
    let first = (0..<4000).map { _ in random.index(below: 20) }
    let noise = (0..<4000).map { _ in random.index(below: 30) }
    let none = ContingencyTable(first, noise).corrected(seed: 1)
    // The bias of well-filled cells is (20 - 1)(30 - 1) / 2N.
    #expect(abs(none.null - 19 * 29 / 8000) < 0.005)
    #expect(abs(none.corrected) < 0.01 && none.p > 0.05)
    let some = ContingencyTable(first, first.map { $0 / 2 }).corrected(seed: 1)
    expectClose([some.raw], [some.secondEntropy], absolute: 1e-12)
    #expect(some.p == 1.0 / 21 && some.share > 0.7 && some.share < 1)
    #expect(ContingencyTable([0, 0], [0, 1]).corrected(seed: 1).share.isNaN)
  }
}
