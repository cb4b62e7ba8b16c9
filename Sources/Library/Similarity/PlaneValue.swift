import Language

/// Points in a plane, one picture for each layer, with the numbers that belong beside them.
struct PlaneValue: HostValue {
  let figure: Figure
  /// How well labels can be told apart: a row for each picture.
  let numbers: Table
  /// Every point: its picture, row, place and label.
  let points: Table

  var kind: String { "plane" }
  var description: String { figure.summary }
  var presentation: Presentation { .figure(figure) }
  var fieldNames: [String] { ["numbers", "points", "figure"] }
  var json: JSON {
    .object([
      ("numbers", Value.table(numbers).plainJSON), ("points", Value.table(points).plainJSON),
    ])
  }

  func isEqual(to other: any HostValue) -> Bool {
    (other as? PlaneValue)?.figure == figure
  }

  func hash(into hasher: inout Hasher) { hasher.combine(figure) }

  func field(_ name: String) -> Value? {
    switch name {
    case "numbers": .table(numbers)
    case "points": .table(points)
    case "figure": .figure(figure)
    default: nil
    }
  }
}
