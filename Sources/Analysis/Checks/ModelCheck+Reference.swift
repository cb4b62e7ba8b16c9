import Faults
import Tensors
import Transformers

extension ModelCheck {
  /// Compares with what another implementation computed, absolute and two-sided.
  func compare(with reference: ReferenceOutputs) throws(Fault) -> [CheckResult] {
    let rows = reference.batch.ids.indices
    let sites = reference.outputs.compactMap { $0.kind.site(in: model.description) }
    let captures = rows.flatMap { row in sites.map { Capture(site: $0, row: row) } }
    let hasLogits = model.description.output != nil
    let result = try runtime.run(
      RunRequest(reference.batch, captures: captures, output: hasLogits ? .all : nil))
    let logits = result.logitRows
    return reference.outputs.map { output in
      let differences = rows.map { row in
        var own: [Double] = []
        if output.kind == .logits {
          own = hasLogits ? logits[result.rows[row]].flatMap { $0 } : []
        } else if let site = output.kind.site(in: model.description) {
          own =
            result.captured[Capture(site: site, row: row)]?
            .ownKeys(output.kind.lengths(reference.batch, row: row)?.keys) ?? []
        }
        return distance(own, output.rows[row])
      }
      return CheckResult(
        "reference \(output.name)", differences.max() ?? 0, limit: 1e-4, .absolute)
    }
  }
}

extension AnyTensor {
  /// The numbers of a captured value, for a pattern without the keys that pad the row.
  fileprivate func ownKeys(_ count: Int?) -> [Double] {
    guard let count, axes.last == .key, let keys = shape.last, keys > count else { return doubles }
    return doubles.chunked(keys).flatMap { $0.prefix(count) }
  }
}
