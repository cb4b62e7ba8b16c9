import Faults
import Statistics
import Tensors
import Transformers

/// How far the vectors of a group of tokens go in a block: those before it and behind it, or those
/// behind it as they are and as they become when something is hidden from them.
public struct GroupStep: Sendable {
  /// l for the l-th block, counted from 1.
  public let layer: Int
  /// The place of the group.
  public let group: Int
  /// How far the two views are apart.
  public let distance: ViewDistance
  /// 1 - cos of a vector in the one view and in the other, on average.
  public let turn: Estimate
  /// The length of the difference as a share of the vector in the first view, on average.
  public let growth: Estimate

  /// Compares two views of the same tokens, [token, width].
  ///
  /// - Parameter sentences: the sentence of each token; intervals draw these again.
  /// - Throws: `Fault` as `ViewDistance`.
  init(
    layer: Int, group: Int, _ first: Tensor<Float>, _ second: Tensor<Float>, sentences: [Int],
    seed: UInt64
  ) throws(Fault) {
    let steps = VectorSteps(first, second)
    (self.layer, self.group) = (layer, group)
    distance = try ViewDistance(first, second, sentences: sentences, seed: seed)
    turn = Estimate(meanOf: steps.turns, over: sentences, seed: seed)
    growth = Estimate(meanOf: steps.growths, over: sentences, seed: seed)
  }
}
