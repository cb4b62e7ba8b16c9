import Foundation
import Testing

@testable import Tensors

@Suite struct ElementwiseGradientTests {
  @Test(arguments: Activation.allCases)
  func activationsAgreeWithDifferences(kind: Activation) {
    var numbers = Numbers(seed: 31)
    let x: Tensor<Double> = numbers.tensor([.width], [203], scale: 12)
    let factors: Tensor<Double> = numbers.tensor([.width], [203])
    var gradient = factors
    Kernels.activationGradient(&gradient, at: x, kind)
    let error = Slopes.error(of: gradient, at: x, factors: factors) { x in
      var y = x
      Kernels.activate(&y, kind)
      return y
    }
    #expect(error < Slopes.limit)
    var single = factors.converted(to: Float.self)
    Kernels.activationGradient(&single, at: x.converted(to: Float.self), kind)
    #expect(largestDifference(single.doubles, gradient.doubles) < 2e-6)
  }

  @Test(arguments: Activation.allCases)
  func gatesAgreeWithDifferences(kind: Activation) {
    var numbers = Numbers(seed: 32)
    let gate: Tensor<Double> = numbers.tensor([.width], [101], scale: 3)
    let up: Tensor<Double> = numbers.tensor([.width], [101])
    let factors: Tensor<Double> = numbers.tensor([.width], [101])
    func value(_ gate: Tensor<Double>, _ up: Tensor<Double>) -> Tensor<Double> {
      var y = gate
      Kernels.activateGated(&y, up, kind)
      return y
    }
    var forGate = factors
    let forUp = Kernels.gatedGradients(&forGate, gate: gate, up: up, kind)
    #expect(Slopes.error(of: forGate, at: gate, factors: factors) { value($0, up) } < Slopes.limit)
    #expect(Slopes.error(of: forUp, at: up, factors: factors) { value(gate, $0) } < Slopes.limit)
  }

  @Test func softCapsAgreeWithDifferences() {
    var numbers = Numbers(seed: 33)
    let x: Tensor<Double> = numbers.tensor([.width], [45], scale: 6)
    let factors: Tensor<Double> = numbers.tensor([.width], [45])
    func capped(_ x: Tensor<Double>) -> Tensor<Double> {
      Tensor([.width], [45], x.elements.map { 3 * tanh($0 / 3) })
    }
    var gradient = factors
    Kernels.softCapGradient(&gradient, at: capped(x), cap: 3)
    #expect(Slopes.error(of: gradient, at: x, factors: factors, capped) < Slopes.limit)
  }

  @Test(arguments: [RotaryTable<Double>.Layout.halves, .interleaved])
  func rotationsAgreeWithDifferences(layout: RotaryTable<Double>.Layout) {
    var numbers = Numbers(seed: 34)
    let axes: [Axis] = [.row, .position, .head, .headWidth]
    let x: Tensor<Double> = numbers.tensor(axes, [2, 3, 2, 25])
    let factors: Tensor<Double> = numbers.tensor(axes, [2, 3, 2, 25])
    let table = RotaryTable<Double>(
      rotaryWidth: 22, inverseFrequencies: (0..<11).map { pow(100, -Double($0) / 11) },
      attentionScale: 1.25, layout: layout)
    let positions = [[0, 1, 2], [5, 6]]
    var gradient = factors
    Kernels.rotary(&gradient, positions: positions, table, backwards: true)
    let error = Slopes.error(of: gradient, at: x, factors: factors) { x in
      var y = x
      Kernels.rotary(&y, positions: positions, table)
      return y
    }
    #expect(error < Slopes.limit)
  }

  @Test func repeatedAxesAreSummed() {
    let x = Tensor<Double>([.row, .position, .width], [2, 2, 3], (0..<12).map { Double($0) })
    #expect(x.summed(to: [1, 2, 3]).elements == [6, 8, 10, 12, 14, 16])
    #expect(x.summed(to: [2, 1, 1]).elements == [15, 51])
    #expect(x.summed(to: [2, 2, 3]).elements == x.elements)
  }

  @Test func crossEntropyAgreesWithDifferences() {
    var numbers = Numbers(seed: 35)
    let x: Tensor<Double> = numbers.tensor([.position, .vocabulary], [5, 37], scale: 9)
    let targets = [3, 36, 0, 8, 12]
    let weights = [1, 0.5, 0, 2, 0.25]
    let (losses, gradient) = Kernels.crossEntropy(logits: x, targets: targets, weights: weights)
    let total = Tensor<Double>([.width], [1], [1])
    let error = Slopes.error(of: gradient, at: x, factors: total) { x in
      let sums = Kernels.logSumExp(x)
      let loss = targets.indices.reduce(0) {
        $0 + weights[$1] * (sums[$1] - x[$1, targets[$1]])
      }
      return Tensor([.width], [1], [loss])
    }
    #expect(error < Slopes.limit)
    let sums = Kernels.logSumExp(x)
    let expected = targets.indices.map { weights[$0] == 0 ? 0 : sums[$0] - x[$0, targets[$0]] }
    #expect(largestDifference(losses, expected) < 1e-12)
    let single = Kernels.crossEntropy(
      logits: x.converted(to: Float.self), targets: targets, weights: weights.map { Float($0) })
    #expect(largestDifference(single.gradient.doubles, gradient.doubles) < 1e-5)
    #expect(largestDifference(single.losses.map { Double($0) }, losses) < 1e-5)
  }
}
