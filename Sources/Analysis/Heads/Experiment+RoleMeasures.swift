import Faults
import Statistics
import Tensors
import Transformers

extension Experiment {
  /// How well heads do at each role that can be looked for, as measures to compare their sizes with.
  ///
  /// For roles that have a baseline of their own (syntactic, alignment) it is the lead over it; NaN
  /// where a role does not apply to a head's attention.
  ///
  /// - Parameter progress: Called with the attentions done, and of how many.
  public func roleMeasures(
    of places: [HeadPlace], over rows: [AnnotatedRow], seed: UInt64,
    progress: (Int, Int) throws(Fault) -> Void = { _, _ in }
  ) throws(Fault) -> [HeadMeasure] {
    struct Side: Hashable {
      let stack: Stack
      let isCross: Bool
    }
    var values: [HeadRole: [HeadPlace: Double]] = [:]
    let sides = Dictionary(grouping: places) { Side(stack: $0.side, isCross: $0.isCross) }
    for (done, side) in sides.values.enumerated() {
      try progress(done, sides.count)
      let heads = try HeadSelection(side.map(\.address), in: model.description)
      for head in try HeadRoles(self, over: rows, heads: heads, seed: seed).heads {
        for evidence in head.evidence {
          let isLead = evidence.role == .syntactic || evidence.role == .alignment
          values[evidence.role, default: [:]][head.head] =
            evidence.score.value - (isLead ? evidence.null : 0)
        }
      }
    }
    try progress(sides.count, sides.count)
    return HeadRole.allCases.compactMap { role in
      guard let found = values[role], found.values.contains(where: { !$0.isNaN }) else {
        return nil
      }
      return HeadMeasure(role.rawValue, places.map { found[$0] ?? .nan })
    }
  }
}
