import Faults
import Tensors
import Transformers

/// The tokens whose rows of the token table point most nearly the same way as a token's.
public struct TokenNeighbors: Sendable {
  /// The neighbours, nearest first; of equally near ones the lower id comes first.
  public var nearest: [Neighbor]
  /// How many rows have no direction (all zeros) and were left out.
  public var skipped: Int

  /// One neighbour.
  public struct Neighbor: Sendable, Hashable {
    /// The token.
    public var id: Int
    /// The cosine of the two rows.
    public var cosine: Double
  }
}

extension Runtime {
  /// The `count` nearest tokens of a token by cosine in the token table, itself left out.
  ///
  /// - Throws: `Fault` when the id is unknown or its row has no direction.
  public func neighbors(of id: Int, count: Int) throws(Fault) -> TokenNeighbors {
    let own = try direction(of: id)
    guard own.contains(where: { $0 != 0 }) else {
      throw Fault(
        "zero-row", "the row of token \(id) in the token table is zero: it has no direction")
    }
    let table = try tokenRows(nil)
    let cosines =
      switch table {
      case .single(let tensor): tensor.cosines(with: own)
      case .double(let tensor): tensor.cosines(with: own)
      }
    let known = cosines.indices.filter { !cosines[$0].isNaN }
    let others = known.filter { $0 != id }.sorted {
      cosines[$0] == cosines[$1] ? $0 < $1 : cosines[$0] > cosines[$1]
    }
    return TokenNeighbors(
      nearest: others.prefix(max(count, 0)).map { .init(id: $0, cosine: cosines[$0]) },
      skipped: cosines.count - known.count)
  }

  /// The cosine of two tokens' rows; NaN when one of them has no direction.
  ///
  /// - Throws: `Fault` when an id is unknown.
  public func cosine(_ first: Int, _ second: Int) throws(Fault) -> Double {
    let row = Tensor(
      [.vocabulary, .width], [1, description.width], try direction(of: second))
    return row.cosines(with: try direction(of: first))[0]
  }

  private func direction(of id: Int) throws(Fault) -> [Double] {
    guard (0..<description.vocabularySize).contains(id) else {
      throw Fault(
        "token-out-of-range", "the model does not know the token id \(id)",
        help: "ids go from 0 to \(description.vocabularySize - 1)")
    }
    return try tokenRows([id]).doubles
  }
}

extension Tensor {
  /// The cosine of each row of [row, width] with a vector, in double precision.
  fileprivate func cosines(with vector: [Double]) -> [Double] {
    let width = vector.count
    let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return withElements { elements in
      (0..<shape[0]).map { row in
        var product = 0.0
        var square = 0.0
        for column in 0..<width {
          let element = Double(elements[row * width + column])
          product += element * vector[column]
          square += element * element
        }
        return square > 0 && length > 0 ? product / (square.squareRoot() * length) : .nan
      }
    }
  }
}
