import Language

extension Figure.HeatMap {
  /// The heat map of a tensor's last two axes, the others taken at their first entry; the tensor
  /// must have two axes or more.
  ///
  /// Numbers below zero make the scale diverge.
  public init(_ tensor: TensorValue) {
    precondition(tensor.axes.count >= 2, "a heat map needs two axes")
    let rows = tensor.axes[tensor.axes.count - 2]
    let columns = tensor.axes[tensor.axes.count - 1]
    var values: [[Double]] = []
    values.reserveCapacity(rows.count)
    var hasNegative = false
    for row in 0..<rows.count {
      let line = (0..<columns.count).map { tensor.storage[row * columns.count + $0] }
      hasNegative = hasNegative || line.contains { $0.isFinite && $0 < 0 }
      values.append(line)
    }
    self.init(
      rows: (0..<rows.count).map { rows.label($0) },
      columns: (0..<columns.count).map { columns.label($0) }, values: values,
      scale: hasNegative ? .diverging : .sequential, rowTitle: rows.name,
      columnTitle: columns.name)
  }
}
