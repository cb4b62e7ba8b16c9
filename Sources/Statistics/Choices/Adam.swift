import Tensors

/// Numbers that are moved against their gradients (Kingma and Ba 2015, Adam: A Method for Stochastic
/// Optimization).
public struct Adam: Sendable {
  /// The numbers.
  public private(set) var parameters: Tensor<Double>
  /// How far a step goes.
  public var rate: Double
  private var mean: Tensor<Double>
  private var square: Tensor<Double>
  private var count = 0

  /// Numbers before their first step.
  public init(_ parameters: [Double], rate: Double) {
    let shape = [parameters.count]
    self.parameters = Tensor([.width], shape, parameters)
    self.rate = rate
    mean = Tensor(zeros: [.width], shape)
    square = mean
  }

  /// Moves each number one step against its gradient; there are as many of both.
  public mutating func step(_ gradient: [Double]) {
    count += 1
    let step = AdamStep<Double>(
      rate: rate, meanKeep: 0.9, squareKeep: 0.999, epsilon: 1e-8, decay: 0, gradientScale: 1,
      count: count)
    Kernels.adam(
      &parameters, gradient: Tensor([.width], [gradient.count], gradient), mean: &mean,
      square: &square, step)
  }
}
