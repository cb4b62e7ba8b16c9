import Testing

@testable import Tensors

@Suite struct NormGradientTests {
  static let widths = [1, 7, 8, 19, 64]

  @Test(arguments: widths, [true, false])
  func agreesWithDifferences(width: Int, centred: Bool) {
    var numbers = Numbers(seed: 21)
    let axes: [Axis] = [.row, .position, .width]
    let x: Tensor<Double> = numbers.tensor(axes, [2, 3, width], scale: 2)
    let gain: Tensor<Double> = numbers.tensor([.width], [width])
    let bias: Tensor<Double> = numbers.tensor([.width], [width])
    let factors: Tensor<Double> = numbers.tensor(axes, [2, 3, width])
    let offset = centred ? 0.0 : 1.0
    func norm(_ x: Tensor<Double>, _ gain: Tensor<Double>) -> Tensor<Double> {
      centred
        ? Kernels.layerNorm(x, gain: gain, bias: bias, epsilon: 1e-3)
        : Kernels.rmsNorm(x, gain: gain, epsilon: 1e-3, gainOffset: offset)
    }
    let statistics = Kernels.normStatistics(x, epsilon: 1e-3, centred: centred)
    let pass = Kernels.NormPass(
      x, statistics: statistics, gain: gain, gainOffset: offset, centred: centred)
    #expect(sameBits(Kernels.normalize(pass, bias: centred ? bias : nil), norm(x, gain)))
    var input = factors
    Kernels.normInputGradient(factors, pass, into: &input, keep: false)
    #expect(Slopes.error(of: input, at: x, factors: factors) { norm($0, gain) } < Slopes.limit)
    var twice = input
    Kernels.normInputGradient(factors, pass, into: &twice, keep: true)
    #expect(largestDifference(twice.doubles, input.doubles.map { 2 * $0 }) < 1e-12)
    var forGain = Tensor<Double>(zeros: [.width], [width])
    Kernels.normGainGradient(factors, pass, into: &forGain, keep: false)
    #expect(Slopes.error(of: forGain, at: gain, factors: factors) { norm(x, $0) } < Slopes.limit)
  }

  @Test(arguments: [true, false])
  func heldStatisticsAgreeWithDifferences(centred: Bool) {
    var numbers = Numbers(seed: 22)
    let axes: [Axis] = [.row, .position, .width]
    let x: Tensor<Double> = numbers.tensor(axes, [1, 4, 13], scale: 2)
    let gain: Tensor<Double> = numbers.tensor([.width], [13])
    let factors: Tensor<Double> = numbers.tensor(axes, [1, 4, 13])
    let pairs: Tensor<Double> = numbers.tensor(axes, [1, 4, 2])
    func held(_ x: Tensor<Double>, _ pairs: Tensor<Double>) -> Tensor<Double> {
      Kernels.normalize(
        x, statistics: Kernels.NormStatistics(pairs: pairs), gain: gain, bias: nil)
    }
    let pass = Kernels.NormPass(
      x, statistics: Kernels.NormStatistics(pairs: pairs), gain: gain, centred: centred)
    var input = factors
    Kernels.normHeldGradient(factors, pass, into: &input, keep: false)
    #expect(Slopes.error(of: input, at: x, factors: factors) { held($0, pairs) } < Slopes.limit)
    let forPairs = Kernels.heldStatisticsGradient(factors, pass)
    #expect(
      Slopes.error(of: forPairs, at: pairs, factors: factors) { held(x, $0) } < Slopes.limit)

    // The way back through the statistics themselves.
    func statistics(_ x: Tensor<Double>) -> Tensor<Double> {
      let found = Kernels.normStatistics(x, epsilon: 1e-3, centred: centred)
      return Tensor(
        axes, [1, 4, 2], zip(found.mean, found.inverse).flatMap { [$0, $1] })
    }
    let own = Kernels.NormPass(
      x, statistics: Kernels.normStatistics(x, epsilon: 1e-3, centred: centred), gain: gain,
      centred: centred)
    var behind = x
    Kernels.normStatisticsGradient(pairs, own, into: &behind, keep: false)
    #expect(Slopes.error(of: behind, at: x, factors: pairs, statistics) < Slopes.limit)
  }

  @Test func singlePrecisionAgreesWithDouble() {
    var numbers = Numbers(seed: 23)
    let x: Tensor<Double> = numbers.tensor([.position, .width], [50, 100])
    let gain: Tensor<Double> = numbers.tensor([.width], [100])
    let factors: Tensor<Double> = numbers.tensor([.position, .width], [50, 100])
    func gradients<E: Scalar>(_: E.Type) -> [Double] {
      let x = x.converted(to: E.self)
      let pass = Kernels.NormPass(
        x, statistics: Kernels.normStatistics(x, epsilon: 1e-5, centred: true),
        gain: gain.converted(to: E.self), centred: true)
      var input = x
      var forGain = Tensor<E>(zeros: [.width], [100])
      Kernels.normInputGradient(factors.converted(to: E.self), pass, into: &input, keep: false)
      Kernels.normGainGradient(factors.converted(to: E.self), pass, into: &forGain, keep: false)
      return input.doubles + forGain.doubles
    }
    #expect(largestDifference(gradients(Float.self), gradients(Double.self)) < 1e-4)
  }
}
