import Faults
import Tensors
import Transformers

/// How far a head's weights lie apart in two checkpoints of one architecture.
public struct HeadChange: Sendable {
  /// The head.
  public let place: HeadPlace
  /// ‖W_V·W_O‖ before.
  public let before: Double
  /// ‖W_V·W_O‖ after.
  public let after: Double
  /// ‖after − before‖ as a share of the norm before; NaN where that is zero.
  public let writing: Double
  /// The same of W_Q·W_Kᵀ.
  public let looking: Double
  /// The cosine between both writings.
  public let cosine: Double

  /// Compares a head of two models.
  ///
  /// - Throws: `Fault` when one of them lacks the head, or their widths differ.
  public init(_ place: HeadPlace, before: any Runtime, after: any Runtime) throws(Fault) {
    guard before.description.width == after.description.width else {
      throw Fault(
        "not-comparable",
        "the streams have \(before.description.width) and \(after.description.width) coordinates",
        help: "compare two checkpoints of one architecture")
    }
    let old = try HeadMatrices(place, of: before)
    let new = try HeadMatrices(place, of: after)
    self.place = place
    (self.before, self.after, writing, cosine) = Self.compare(old.writing, new.writing)
    looking = Self.compare(old.looking(), new.looking()).2
  }

  private static func compare(_ old: FactoredMatrix, _ new: FactoredMatrix) -> (
    Double, Double, Double, Double
  ) {
    let (first, second, both) = (old.squaredNorm, new.squaredNorm, old.inner(new))
    let apart = max(first + second - 2 * both, 0)
    let product = (first * second).squareRoot()
    return (
      first.squareRoot(), second.squareRoot(),
      first > 1e-12 ? (apart / first).squareRoot() : .nan,
      product > 1e-12 ? both / product : .nan
    )
  }
}
