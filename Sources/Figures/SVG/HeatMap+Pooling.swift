import Language

extension Figure.HeatMap {
  /// The map with at most `most` rows and columns, each number the mean of a block's finite ones.
  func pooled(most: Int) -> Figure.HeatMap {
    let rowStep = (values.count + most - 1) / most
    let columnStep = (columns.count + most - 1) / most
    if rowStep <= 1 && columnStep <= 1 { return self }
    let rowStarts = Array(stride(from: 0, to: values.count, by: max(1, rowStep)))
    let columnStarts = Array(stride(from: 0, to: columns.count, by: max(1, columnStep)))
    let means = rowStarts.map { row in
      columnStarts.map { column -> Double in
        var sum = 0.0
        var count = 0
        for line in values[row..<min(values.count, row + rowStep)] {
          for value in line[column..<min(columns.count, column + columnStep)] where value.isFinite {
            sum += value
            count += 1
          }
        }
        return count > 0 ? sum / Double(count) : .nan
      }
    }
    return Figure.HeatMap(
      rows: rowStarts.map { rows[$0] }, columns: columnStarts.map { columns[$0] }, values: means,
      scale: scale, rowTitle: rowTitle, columnTitle: columnTitle)
  }
}

extension Figure {
  /// The figure with one more note.
  func noting(_ note: String) -> Figure {
    Figure(
      content, title: title, valueLabel: valueLabel, xLabel: xLabel, notes: notes + [note])
  }
}
