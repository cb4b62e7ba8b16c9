import Language

/// Points with two coordinates, gathered from whatever holds them.
struct Points {
  private var x: [Double] = []
  private var y: [Double] = []
  private var labels: [String] = []
  private var xTitle = ""
  private var yTitle = ""
  private var notes: [String] = []

  /// The points of two columns of a table, or of pairs of numbers.
  init(_ data: Value, x: String?, y: String?, label: String?) throws(Failure) {
    switch data {
    case .table(let table):
      let numeric = table.columns.filter { $0.values.contains(where: \.isNumber) }.map(\.name)
      let free = numeric.filter { $0 != x && $0 != y && $0 != label }
      guard let across = x ?? free.first,
        let up = y ?? free.first(where: { $0 != across })
      else {
        throw Failure(
          "too-few-columns", "points want two columns of numbers", argument: "data",
          help: "its columns are " + Suggestion.list(Array(table.names.prefix(20)), "and"))
      }
      self.x = try table.column(across, argument: "x").numbers
      self.y = try table.column(up, argument: "y").numbers
      if let label { labels = try table.column(label, argument: "label").values.map(\.plainText) }
      (xTitle, yTitle, notes) = (across, up, table.notes)
    case .list(let list):
      for (place, element) in list.enumerated() {
        guard case .list(let pair) = element, pair.count == 2, case .number(let x) = pair[0],
          case .number(let y) = pair[1]
        else {
          throw Failure(
            "wrong-type", "element \(place) of the list is no pair of numbers", argument: "data",
            help: "`zip xs ys` makes pairs of two lists")
        }
        self.x.append(x)
        self.y.append(y)
      }
    default:
      throw Failure(
        "wrong-type", "`scatter` draws a table or pairs of numbers, not \(data.kindWithArticle)",
        argument: "data")
    }
    try NumberGrid.check(self.x.count, 1)
  }

  /// The picture.
  func figure(title: String) -> Value {
    .figure(
      Figure(
        .scatter([.init("", x: x, y: y, labels: labels)]), title: title, valueLabel: yTitle,
        xLabel: xTitle, notes: notes))
  }
}
