import Faults
import Tensors
import Transformers

/// What it costs to let one head do the looking for two.
///
/// If heads share queries and keys they have one pattern A, and Σ A X W_V W_O over them is
/// A X Σ W_V W_O: one head with both outputs. So two heads are merged by giving one the other's
/// pattern; what each does with what it sees stays.
public struct HeadMerging: Sendable {
  /// The head whose pattern both have.
  public let kept: HeadPlace
  /// The head that looks where the other does.
  public let merged: HeadPlace
  /// The loss of each text when merged, less its loss when not.
  public let changes: [Double]
}

extension Experiment {
  /// Measures the loss with the pattern of one head in the place of another's.
  ///
  /// - Parameters:
  ///   - merged: A head of the same attention layer as `kept`.
  ///   - baseline: The losses without the change.
  public func merging(
    _ merged: HeadPlace, into kept: HeadPlace, _ tasks: [PredictionTask], baseline: TextLosses,
    answers: [[Double]]? = nil
  ) throws(Fault) -> HeadMerging {
    guard merged.layerKey == kept.layerKey else {
      throw Fault(
        "wrong-address", "\(merged) and \(kept) stand in different layers",
        help: "merge heads of one layer, such as L1.H0 and L1.H2")
    }
    let changes = { (rows: [PromptRow]) throws(Fault) -> [Edit] in
      let captures = rows.indices.map { row in
        Capture(site: kept.pattern, row: row, components: [kept.head])
      }
      let patterns = try run(rows, captures: captures).captured
      return rows.indices.compactMap { row in
        guard let pattern = patterns[captures[row]] else { return nil }
        // [1, 1, query, key] to [head, query, key].
        return Edit(
          id: Self.ownEdit, site: kept.pattern, row: row, components: [merged.head],
          action: .write(pattern.reshaped(Array(pattern.axes[1...]), Array(pattern.shape[1...]))))
      }
    }
    let losses = try losses(tasks, answers: answers, changes: changes)
    return HeadMerging(kept: kept, merged: merged, changes: losses.minus(baseline))
  }

  /// The id of edits that an analysis makes by itself; no intervention has it.
  static let ownEdit = -1
}
