import Analysis
import Faults
import Language
import Transformers

/// Where the values of patches come from, when prompts have unequal lengths and were aligned.
struct SweepSources {
  /// The token that each variant takes its value from, as `@4 " cat"`; nil where nothing was aligned.
  let column: Table.Column?

  init(_ variants: [Sweep.Variant], _ rows: [PromptRow], _ model: Model) throws(Fault) {
    guard rows.count == 1, let row = rows.first else {
      column = nil
      return
    }
    var sources: [Prompt: PromptRow] = [:]
    var found: [Value] = []
    for variant in variants {
      var text = Value.null
      for intervention in variant.interventions {
        guard case .patch(let prompt, nil) = intervention.action,
          let positions = intervention.target?.positions
        else { continue }
        let source: PromptRow
        if let known = sources[prompt] {
          source = known
        } else {
          source = try prompt.row(for: model)
          sources[prompt] = source
        }
        guard source.count != row.count, source.source == nil else { continue }
        let aligned = TokenAlignment(row, source).places
        let places = try row.resolve(positions).map { aligned[$0] }
        text = .string(
          places.prefix(3).map { "@\($0) \(Value.quoted(source.texts[$0]))" }
            .joined(separator: ", "))
      }
      found.append(text)
    }
    column = found.contains { $0 != .null } ? Table.Column("from", found) : nil
  }
}
