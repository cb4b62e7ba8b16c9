import Faults
import Statistics
import Tensors
import Transformers

/// What the body gives; a fault of the numbers becomes one of the model that they were read from.
func onNumbers<Result>(
  _ body: () throws(StatisticsError) -> Result
) throws(Fault) -> Result {
  do {
    return try body()
  } catch {
    switch error {
    case .notFinite, .decomposition(.notFinite):
      throw .notFinite
    case .tooFew:
      throw Fault("too-few-tokens", "\(error)", help: "give a larger corpus")
    case .constant: throw Fault("constant-data", "\(error)")
    case .scale: throw Fault("out-of-range", "\(error)")
    default: throw Fault("wrong-numbers", "\(error)")
    }
  }
}

extension Fault {
  /// Vectors of a model hold what no analysis can take.
  static let notFinite = Fault(
    "not-finite", "the model gave vectors that hold NaN or an infinity",
    help: "look for them with   check()")
}

extension Tensor where Element == Float {
  /// Some rows of a matrix, in the given order.
  func rows(_ places: [Int]) throws(Fault) -> Tensor<Float> {
    do {
      return try read(Region([places, nil]))
    } catch {
      throw Fault("wrong-numbers", "\(error)")
    }
  }

  /// The matrix in float64, as decompositions take it.
  func matrix() throws(Fault) -> Matrix {
    do {
      return try Matrix(self)
    } catch {
      throw Fault("wrong-numbers", "\(error)")
    }
  }

  /// The rows in coordinates that all have the same variance.
  func whitened() throws(Fault) -> Tensor<Float> {
    let matrix = try matrix()
    let white = try onNumbers { () throws(StatisticsError) in try matrix.whitened() }
    return white.tensor(axes[0], axes[1]).converted(to: Float.self)
  }
}
