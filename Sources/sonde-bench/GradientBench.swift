import Faults
import Foundation
import Tensors
import Transformers

/// Times and memory of a forward and backward pass over a checkpoint of GPT-2 small's shape, for all
/// parameters.
struct GradientBench {
  let weights: Weights<Float>

  init(_ folder: URL) throws {
    weights = try Model(contentsOf: folder).singleWeights()
  }

  /// The time of one pass there and back over 64 tokens, into the memory of the pass before: as in
  /// every step of a training but the first.
  func seconds() throws -> Double {
    var gradients: [String: Tensor<Float>] = [:]
    return try Measurement.median(count: 3) {
      // Taken out of the variable, so that nobody else holds them when they are written over.
      var old: [String: Tensor<Float>] = [:]
      swap(&old, &gradients)
      gradients = try differentiate(64, reusing: consume old)
    }
  }

  /// The most memory that a pass there and back over 128 tokens takes, and that a forward pass takes.
  func peakBytes() throws -> (both: Double, forward: Double) {
    let request = RunRequest(Batch(ids: [Self.ids(128)]), output: .all)
    let forward = try Limits.peakBytes { _ = try weights.run(request) }
    let both = try Limits.peakBytes { _ = try differentiate(128, reusing: [:]) }
    return (both, forward)
  }

  private static func ids(_ count: Int) -> [Int] { (0..<count).map { ($0 * 7919) % 50257 } }

  /// The gradient of the summed surprise at one target for each position.
  private func differentiate(_ count: Int, reusing gradients: consuming [String: Tensor<Float>])
    throws -> [String: Tensor<Float>]
  {
    let ids = Self.ids(count)
    let request = GradientRequest(Batch(ids: [ids]), parameters: .all)
    return try weights.differentiate(request, reusing: consume gradients) {
      logits, _ throws(Fault) in
      Kernels.crossEntropy(logits: logits, targets: ids.map { (7 * $0 + 3) % 50257 }).gradient
    }.parameters
  }
}
