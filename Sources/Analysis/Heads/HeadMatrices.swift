import Faults
import Tensors
import Transformers

/// The matrices of one head as its circuits see them: the norm that it reads through is folded in,
/// and what the next norm takes away is taken away (Elhage et al., 2021).
///
/// Sizes and directions that come from `writing` and `looking` do not change when values and outputs
/// (or queries and keys) are expressed in another basis of the head.
public struct HeadMatrices: Sendable {
  /// The head.
  public let place: HeadPlace
  /// What its attention layer does.
  public let attention: AttentionDescription
  /// Width × headWidth each; keys and values are those of the head's group.
  public let query: Matrix, key: Matrix, value: Matrix
  /// HeadWidth × width.
  public let output: Matrix
  /// Whether norms stand on the stream itself, so that nothing can be folded across them and what
  /// other layers see of the head is only near to this.
  public let isApproximate: Bool

  /// The matrices of a head.
  ///
  /// - Throws: `Fault` when the model has no such head.
  public init(_ place: HeadPlace, of runtime: any Runtime) throws(Fault) {
    let weights = try runtime.headWeights(
      stack: place.side, layer: place.layer, head: place.head, isCross: place.isCross)
    self.place = place
    attention = weights.attention
    query = Matrix(folding: weights.query, through: weights.inputNorm)
    key = Matrix(folding: weights.key, through: weights.sourceNorm)
    value = Matrix(folding: weights.value, through: weights.sourceNorm)
    let written = Matrix(folding: weights.output, through: nil)
    let isCentred = !weights.isPostNorm && weights.inputNorm?.kind == .layer
    output = isCentred ? written.subtractingRowMeans : written
    isApproximate = weights.isPostNorm
  }

  /// What is written for what is looked at: W_V · W_O, from the stream to the stream.
  public var writing: FactoredMatrix { FactoredMatrix(value, output) }

  /// How well a query meets a key: W_Q · W_Kᵀ, from the stream to the stream.
  ///
  /// - Parameter offset: By how many positions the key stands behind the query, for heads that turn
  ///   by position; what is turned by the angle of that offset then. Others don't notice it.
  public func looking(offset: Int = 0) -> FactoredMatrix {
    guard let rotary = attention.rotary, !place.isCross else {
      return FactoredMatrix(query, key.transposed)
    }
    return FactoredMatrix(
      rotary.turned(query, to: 0), rotary.turned(key, to: offset).transposed)
  }
}

extension Matrix {
  /// Each row without its mean.
  var subtractingRowMeans: Matrix { transposed.centred.transposed }
}
