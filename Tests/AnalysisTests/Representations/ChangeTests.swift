import Corpora
import Faults
import Statistics
import Tensors
import Testing
import Transformers

@testable import Analysis

@Suite struct ChangeTests {
  private static func options() -> AmountOfChange.Options {
    var options = AmountOfChange.Options()
    options.each = 150
    return options
  }

  @Test func aBlockThatAddsNothingChangesNothing() throws {
    let reader = try Reader(sentences: 150, edit: Reader.zeroing("c_proj"))
    let found = try AmountOfChange(reader.experiment, reader.corpus, Self.options())
    #expect(found.groups.map(\.name) == ["1-10", "11-12"])
    #expect(found.each == 150)
    #expect(found.changes.map(\.layer) == [1, 1, 2, 2])
    #expect(found.changes.map(\.group) == [0, 1, 0, 1])
    for change in found.changes {
      #expect(abs(change.distance.distance.value) < 1e-9)
      #expect(abs(change.turn.value) < 1e-12 && change.growth.value == 0)
      #expect(change.distance.null > 0.5)
    }
  }

  @Test func aBlockThatAddsSomethingIsSeen() throws {
    let reader = try Reader(sentences: 150)
    let found = try AmountOfChange(reader.experiment, reader.corpus, Self.options())
    for change in found.changes {
      let distance = change.distance.distance
      #expect(distance.value > 1e-4 && distance.value < change.distance.null)
      #expect(distance.low <= distance.value && distance.value <= distance.high)
      #expect(change.growth.value > 0 && change.turn.value > 0)
      #expect(change.distance.share < 1)
    }
  }

  @Test func anInvertibleMapIsNoDistanceButATurn() throws {
    var random = SeededGenerator(seed: 2)
    func points(_ rows: Int, _ columns: Int) -> [Float] {
      (0..<rows * columns).map { _ in Float(random.normal()) }
    }
    let first = Tensor([.position, .width], [400, 6], points(400, 6))
    let map = Tensor([.width, .width], [6, 6], points(6, 6))
    let second = try Kernels.matmul(first, transposeA: false, map, transposeB: false)
    let sentences = (0..<400).map { $0 / 5 }
    let same = try ViewDistance(first, second, sentences: sentences, seed: 1)
    #expect(abs(same.distance.value) < 1e-6)
    #expect(abs(same.first) < 1e-6 && abs(same.second) < 1e-6)
    #expect(VectorSteps(first, second).turns.contains { $0 > 0.1 })
    let other = Tensor([.position, .width], [400, 6], points(400, 6))
    let apart = try ViewDistance(first, other, sentences: sentences, seed: 1)
    #expect(apart.distance.value > 0.8 && abs(apart.distance.value - apart.null) < 0.05)
  }

  @Test func fewTokensAreReducedAndSaid() throws {
    var random = SeededGenerator(seed: 4)
    let points = Tensor(
      [.position, .width], [60, 16], (0..<60 * 16).map { _ in Float(random.normal()) })
    let sentences = (0..<60).map { $0 / 3 }
    let found = try ViewDistance(points, points, sentences: sentences, seed: 1)
    #expect(abs(found.distance.value) < 1e-9)
    #expect(found.notes.contains { $0.contains("principal components") })
    let constant = Tensor([.position, .width], [60, 16], [Float](repeating: 1, count: 960))
    let none = try ViewDistance(points, constant, sentences: sentences, seed: 1)
    #expect(none.distance.value.isNaN && !none.notes.isEmpty)
  }

  @Test func stepsOfZerosAreLeftOut() {
    let zero = Tensor<Float>([.position, .width], [2, 2], [0, 0, 1, 0])
    let other = Tensor<Float>([.position, .width], [2, 2], [1, 1, 0, 2])
    let steps = VectorSteps(zero, other)
    #expect(steps.turns[0].isNaN && steps.growths[0].isNaN)
    #expect(steps.turns[1] == 1)
    #expect(abs(steps.growths[1] - 5.0.squareRoot()) < 1e-12)
    let estimate = Estimate(meanOf: steps.turns, over: [0, 1], seed: 1)
    #expect(estimate.value == 1 && estimate.skipped == 1)
  }

  @Test func smallGroupsAreLeftOutByName() throws {
    let reader = try Reader(sentences: 8)
    let found = try AmountOfChange(reader.experiment, reader.corpus, Self.options())
    #expect(found.skipped == ["11-12"])
    #expect(found.groups.count == 1)
    let tiny = try Reader(sentences: 1)
    #expect {
      try AmountOfChange(tiny.experiment, tiny.corpus, Self.options())
    } throws: {
      ($0 as? Fault)?.code == "too-few-tokens"
    }
  }
}
