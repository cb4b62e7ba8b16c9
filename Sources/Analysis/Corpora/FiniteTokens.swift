import Faults
import Tensors
import Transformers

/// The tokens of activations whose numbers are finite at every site: the others have no cluster, no
/// neighbours and no place in a plane.
public struct FiniteTokens: Sendable {
  /// Their places, in ascending order.
  public let places: [Int]
  /// How many tokens are left out.
  public let lost: Int

  /// Looks for them, site by site.
  ///
  /// - Throws: `Fault` with the code `not-finite` when no token is left, and `.interrupted`.
  public init(_ activations: Activations) throws(Fault) {
    let count = activations.tokens.count
    var isFinite = [Bool](repeating: true, count: count)
    var empty: [Address] = []
    for site in activations.sites {
      if Workers.cancellation() { throw .interrupted }
      let rows = site.values.rowsNotFinite
      if rows.count == count { empty.append(site.address) }
      for row in rows { isFinite[row] = false }
    }
    places = isFinite.indices.filter { isFinite[$0] }
    lost = count - places.count
    guard lost < count || count == 0 else {
      let isPart = !empty.isEmpty && empty.count < activations.sites.count
      throw Fault(
        "not-finite", "all \(count) tokens hold NaN or an infinity at some site",
        help: isPart
          ? "leave out " + empty.map(\.description).joined(separator: ", ")
          : "look for the cause in the model with   check()")
    }
  }
}
