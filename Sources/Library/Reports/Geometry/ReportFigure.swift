import Language

/// Pictures of tables, as pages show them.
enum ReportFigure {
  /// The value, its interval and its null, by layer or by the texts of the first column.
  static func curve(
    _ table: Table, _ value: String, _ label: String, xLabel: String = "layer",
    null: String = "null", title: String = ""
  ) -> Figure {
    let ticks = table.columns.first.map { $0.values.map(\.plainText) } ?? []
    let places = ticks.indices.map(Double.init)
    let series = [value, "low", "high", null].map { name in
      Figure.Series(name, x: places, y: numbers(table, name))
    }
    return Figure(
      .lines(series, ticks: ticks), title: title, valueLabel: label, xLabel: xLabel)
  }

  /// The numbers of a column; NaN for what is none.
  static func numbers(_ table: Table, _ name: String) -> [Double] {
    (table[name]?.values ?? []).map { if case .number(let number) = $0 { number } else { .nan } }
  }

  /// Points of a plane by class; `other` are those without one.
  static func scatter(
    _ x: [Double], _ y: [Double], classes: [String], title: String, notes: [String] = []
  ) -> Figure {
    let names = Set(classes).sorted()
    let series = names.map { name in
      let places = classes.indices.filter { classes[$0] == name }
      return Figure.Series(
        name.isEmpty && names.count > 1 ? "other" : name, x: places.map { x[$0] },
        y: places.map { y.isEmpty ? 0 : y[$0] })
    }
    return Figure(.scatter(series), title: title, notes: notes)
  }
}
