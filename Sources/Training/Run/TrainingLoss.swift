import Faults
import Tensors
import Transformers

/// The loss of a batch, from its logits.
enum TrainingLoss {
  /// The mean surprise at the right answers, in nats, parts added up, and its gradient with respect
  /// to the logits.
  static func loss(_ logits: Tensor<Float>, _ batch: TrainingBatch) throws(Fault) -> (
    loss: Float, gradient: Tensor<Float>
  ) {
    if let only = batch.targets.first, batch.targets.count == 1, only.columns == nil {
      return part(logits, only.right)
    }
    var total: Float = 0
    var gradient = Tensor<Float>(zeros: logits.axes, logits.shape)
    for targets in batch.targets {
      let region = Region([nil, targets.columns.map(Array.init)])
      do {
        let own = part(try logits.read(region), targets.right)
        total += own.loss
        try gradient.add(region, own.gradient, by: 1)
      } catch {
        throw Fault("bad-recipe", "a task's classes do not fit the model: \(error)")
      }
    }
    return (total, gradient)
  }

  private static func part(_ logits: Tensor<Float>, _ right: [Int?]) -> (
    loss: Float, gradient: Tensor<Float>
  ) {
    let share = 1 / Float(max(right.count { $0 != nil }, 1))
    let (losses, gradient) = Kernels.crossEntropy(
      logits: logits, targets: right.map { $0 ?? 0 }, weights: right.map { $0 == nil ? 0 : share })
    return (zip(losses, right).reduce(0) { $1.1 == nil ? $0 : $0 + $1.0 * share }, gradient)
  }
}
