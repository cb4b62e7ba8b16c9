import Analysis
import Language
import Transformers

/// Interventions in force as a table.
struct ActiveTable {
  private let applied: [AppliedIntervention]
  private let model: Model

  init(_ applied: [AppliedIntervention], model: Model) {
    self.applied = applied
    self.model = model
  }

  func table(notes: [String]) -> Table {
    let reached = applied.map { $0.active.intervention.headsReached(in: model) }
    var columns = [
      Table.Column("id", applied.map { .int($0.id) }),
      Table.Column("intervention", applied.map { .string($0.active.intervention.summary) }),
      Table.Column("kind", applied.map { .string($0.active.intervention.kindNote) }),
    ]
    if reached.contains(where: { $0 != nil }) {
      columns.append(Table.Column("reaches", reached.map { $0.map { .string($0) } ?? .null }))
    }
    if applied.contains(where: \.isScoped) {
      columns.append(
        Table.Column("until", applied.map { .string($0.isScoped ? "end of with" : "restored") }))
    }
    return Table(columns, notes: notes)
  }
}

extension Intervention {
  /// The query heads that a change of a key or value reaches, where heads share it.
  func headsReached(in model: Model) -> String? {
    guard let target,
      let attention = model.description.blocks(of: target.stack ?? .decoder).first?.attention,
      attention.groups < attention.heads
    else { return nil }
    let groups: [Int]?
    switch target.part {
    case .head(let heads, let part, _) where part.isShared:
      groups = heads.resolve(count: attention.heads)?.map(attention.group(ofHead:))
    case .group(let indices, _, _): groups = indices.resolve(count: attention.groups)
    default: return nil
    }
    let heads = Set(groups ?? []).sorted().flatMap { Array(attention.heads(ofGroup: $0)) }
    return "query heads " + heads.map { "H\($0)" }.joined(separator: " ")
  }
}
