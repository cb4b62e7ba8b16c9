import Foundation
import Testing

@testable import Tensors

@Suite struct ActivationTests {
  static func reference(_ kind: Activation, _ x: Double) -> Double {
    switch kind {
    case .gelu: x / 2 * (1 + erf(x / 2.0.squareRoot()))
    case .geluTanh: x / 2 * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
    case .quickGelu: x / (1 + exp(-1.702 * x))
    case .silu: x / (1 + exp(-x))
    case .relu: max(x, 0)
    case .reluSquared: max(x, 0) * max(x, 0)
    case .clippedGelu: min(max(x / 2 * (1 + erf(x / 2.0.squareRoot())), -10), 10)
    case .hardSwish: x * min(max(x + 3, 0), 6) / 6
    case .laplace: (1 + erf((x - 0.707107) / (0.282095 * 2.0.squareRoot()))) / 2
    case .leakyReLU: x > 0 ? x : x * 0.01
    case .mish: x * tanh(log1p(exp(x)))
    case .relu6: min(max(x, 0), 6)
    case .sigmoid: 1 / (1 + exp(-x))
    case .rootSoftplus: log1p(exp(x)).squareRoot()
    case .tanh: tanh(x)
    case .identity: x
    }
  }

  @Test(arguments: Activation.allCases)
  func agreesWithItsFormula(_ kind: Activation) {
    check(Float.self, kind, tolerance: 5e-7)
    check(Double.self, kind, tolerance: 1e-15)
  }

  private func check<E: Scalar>(_ type: E.Type, _ kind: Activation, tolerance: Double) {
    var numbers = Numbers(seed: 5)
    let x = numbers.tensor([.position, .neuron], [7, 301], scale: 12, of: E.self)
    let up = numbers.tensor([.position, .neuron], [7, 301], of: E.self)
    let expected = x.elements.map { Self.reference(kind, Double($0)) }
    var plain = x
    Kernels.activate(&plain, kind)
    var gated = x
    Kernels.activateGated(&gated, up, kind)
    let (plainElements, gatedElements, factors) = (plain.elements, gated.elements, up.elements)
    for (index, truth) in expected.enumerated() {
      let bound = tolerance * max(1, abs(truth))
      #expect(abs(Double(plainElements[index]) - truth) <= bound)
      let product = truth * Double(factors[index])
      #expect(abs(Double(gatedElements[index]) - product) <= bound)
    }
  }
}
