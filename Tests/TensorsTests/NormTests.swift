import Testing

@testable import Tensors

@Suite struct NormTests {
  private func reference(
    _ x: [Double], centred: Bool, epsilon: Double, gain: [Double]?, bias: [Double]?,
    gainOffset: Double
  ) -> [Double] {
    let mean = centred ? x.reduce(0, +) / Double(x.count) : 0
    let square = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)
    return x.indices.map { index in
      (x[index] - mean) / (square + epsilon).squareRoot()
        * (gain.map { $0[index] + gainOffset } ?? 1) + (bias?[index] ?? 0)
    }
  }

  @Test(arguments: [1, 5, 16, 48, 67, 300])
  func agreesWithItsFormula(width: Int) {
    check(Float.self, width, tolerance: 3e-6)
    check(Double.self, width, tolerance: 1e-14)
  }

  private func check<E: Scalar>(_ type: E.Type, _ width: Int, tolerance: Double) {
    var numbers = Numbers(seed: 2)
    let x = numbers.tensor([.row, .position, .width], [2, 3, width], scale: 3, of: E.self)
    let gain = numbers.tensor([.width], [width], of: E.self)
    let bias = numbers.tensor([.width], [width], of: E.self)
    let centred = Kernels.layerNorm(x, gain: gain, bias: bias, epsilon: 1e-5)
    let plain = Kernels.rmsNorm(x, gain: gain, epsilon: 1e-6, gainOffset: 1)
    let bare = Kernels.layerNorm(x, gain: nil, bias: nil, epsilon: 1e-5)
    for token in 0..<6 {
      let part = token * width..<(token + 1) * width
      let line = Array(x.doubles[part])
      let expected = reference(
        line, centred: true, epsilon: 1e-5, gain: gain.doubles, bias: bias.doubles, gainOffset: 0)
      #expect(largestDifference(Array(centred.doubles[part]), expected) < tolerance)
      let root = reference(
        line, centred: false, epsilon: 1e-6, gain: gain.doubles, bias: nil, gainOffset: 1)
      #expect(largestDifference(Array(plain.doubles[part]), root) < tolerance)
      let naked = reference(
        line, centred: true, epsilon: 1e-5, gain: nil, bias: nil, gainOffset: 0)
      #expect(largestDifference(Array(bare.doubles[part]), naked) < tolerance)
    }
  }

  @Test func theTwoHalvesGiveTheSameBits() {
    checkHalves(Float.self)
    checkHalves(Double.self)
  }

  private func checkHalves<E: Scalar>(_ type: E.Type) {
    var numbers = Numbers(seed: 4)
    let x = numbers.tensor([.position, .width], [40, 203], of: E.self)
    let gain = numbers.tensor([.width], [203], of: E.self)
    let bias = numbers.tensor([.width], [203], of: E.self)
    let centred = Kernels.normStatistics(x, epsilon: 1e-5, centred: true)
    #expect(
      sameBits(
        Kernels.normalize(x, statistics: centred, gain: gain, bias: bias),
        Kernels.layerNorm(x, gain: gain, bias: bias, epsilon: 1e-5)))
    let plain = Kernels.normStatistics(x, epsilon: 1e-5, centred: false)
    #expect(plain.mean.allSatisfy { $0 == 0 })
    #expect(
      sameBits(
        Kernels.normalize(x, statistics: plain, gain: gain, bias: nil, gainOffset: 1),
        Kernels.rmsNorm(x, gain: gain, epsilon: 1e-5, gainOffset: 1)))
  }
}
