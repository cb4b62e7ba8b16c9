import Foundation
import Tensors

/// AdamW (Loshchilov and Hutter, 2019) with the gradient of all parameters clipped together.
struct AdamW {
  private let plan: OptimiserPlan
  /// The running means of gradients and of their squares, in the store's order.
  var means: [Tensor<Float>], squares: [Tensor<Float>]

  /// An optimiser that has not moved anything yet.
  init(_ plan: OptimiserPlan, for store: ParameterStore) {
    self.plan = plan
    means = store.tensors.map { Tensor(zeros: $0.axes, $0.shape) }
    squares = means
  }

  /// Moves the parameters; one without a gradient stays where it is.
  ///
  /// - Returns: The length of the gradient before clipping.
  mutating func step(
    _ count: Int, _ store: inout ParameterStore, _ gradients: [String: Tensor<Float>]
  ) -> Double {
    // In the store's order: sums of floating-point numbers depend on theirs.
    let squared = store.names.reduce(0) { $0 + (gradients[$1].map(Kernels.sumOfSquares) ?? 0) }
    let norm = squared.squareRoot()
    guard norm.isFinite else { return norm }
    let rate = Float(plan.rate(at: count))
    for (index, name) in store.names.enumerated() {
      guard let gradient = gradients[name] else { continue }
      let isMatrix = gradient.shape.count > 1
      Kernels.adam(
        &store.tensors[index], gradient: gradient, mean: &means[index], square: &squares[index],
        AdamStep(
          rate: rate, meanKeep: Float(plan.meanKeep), squareKeep: Float(plan.squareKeep),
          epsilon: 1e-8, decay: isMatrix ? Float(plan.decay) : 0,
          gradientScale: norm > plan.clip ? Float(plan.clip / norm) : 1, count: count + 1))
    }
    return norm
  }
}
