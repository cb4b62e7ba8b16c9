import Analysis
import Language
import Tensors
import Transformers

/// A walk through a head as a value of the language.
struct WalkValue: HostValue {
  let walk: Walk
  /// What was in force.
  let notes: [String]

  var kind: String { "walk" }
  var description: String { "walk L\(walk.layer).H\(walk.head) at: @\(walk.position)" }
  var presentation: Presentation { .text(WalkText(walk, notes: notes).text) }
  var json: JSON {
    .object([
      ("layer", .number(Double(walk.layer))), ("head", .number(Double(walk.head))),
      ("position", .number(Double(walk.position))), ("steps", Value.table(steps).plainJSON),
    ])
  }
  var fieldNames: [String] { ["steps", "adds_up"] + walk.steps.map(\.fieldName) }

  func isEqual(to other: any HostValue) -> Bool {
    guard let other = other as? WalkValue else { return false }
    return Value.table(other.steps) == Value.table(steps)
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(walk.layer)
    hasher.combine(walk.row)
  }

  func field(_ name: String) -> Value? {
    switch name {
    case "steps": .table(steps)
    case "adds_up": .bool(walk.addsUp)
    default: walk.steps.first { $0.fieldName == name }.map { .tensor($0.tensor(walk.row)) }
    }
  }

  private var steps: Table {
    let steps = walk.steps
    return Table(
      [
        Table.Column("step", steps.map { .string($0.name) }),
        Table.Column("what", steps.map { .string($0.formula) }),
        Table.Column("off", steps.map { $0.deviation.map { .number($0) } ?? .null }),
        Table.Column("values", steps.map { .tensor($0.tensor(walk.row)) }),
      ], notes: notes)
  }
}

extension Walk.Step {
  /// The name as a field.
  var fieldName: String { name.replacing(" ", with: "_") }

  /// All numbers, keys labelled with their tokens.
  func tensor(_ row: PromptRow) -> TensorValue {
    let axes = zip(values.axes, values.shape).map { axis, count in
      axis.isOfKeys && count == row.count
        ? TensorValue.Axis(axis.name, labels: (0..<count).map { row.label($0) })
        : TensorValue.Axis(axis.name, count: count)
    }
    switch values {
    case .single(let tensor): return TensorValue(axes: axes, storage: .floats(tensor.elements))
    case .double(let tensor): return TensorValue(axes: axes, storage: .doubles(tensor.elements))
    }
  }
}

extension Axis {
  /// Whether the axis runs over the tokens that are attended to.
  var isOfKeys: Bool { self == .key || self == .position }
}
