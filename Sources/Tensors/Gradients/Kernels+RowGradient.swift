/// The way back through reading some rows of a table, and some outputs of a map.
extension Kernels {
  /// Adds each row of `gradient` to the row of the table that it was read from.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func addRows<E: Scalar>(
    _ gradient: Tensor<E>, to table: inout Tensor<E>, rows: [Int]
  ) {
    let width = table.lastCount
    precondition(gradient.count == rows.count * width, "a gradient for each row")
    precondition(rows.allSatisfy { (0..<table.leadingCount).contains($0) }, "rows of the table")
    gradient.read { gradient in
      table.mutate { table in
        // Cut by columns: the same row may have been read twice.
        Workers.split(width, work: rows.count * width, step: 16) { part in
          for (index, row) in rows.enumerated() {
            Elementwise.add(
              table + row * width + part.lowerBound, gradient + index * width + part.lowerBound,
              count: part.count)
          }
        }
      }
    }
  }

  /// As `linearWeightGradient`, for a map over a copy of some outputs of the stored matrix: adds to
  /// the stored ones.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func addPickedWeightGradient<E: Scalar>(
    _ gradient: Tensor<E>, _ x: Tensor<E>, _ picked: LinearWeight<E>, to target: inout Tensor<E>,
    outputs: [Int]
  ) {
    var part = Tensor<E>(uninitialized: picked.matrix.axes, picked.matrix.shape)
    linearWeightGradient(gradient, x, picked, into: &part, keep: false)
    if picked.layout == .outputByInput {
      addRows(part, to: &target, rows: outputs)
    } else {
      let (inputs, stride, count) = (target.leadingCount, target.lastCount, outputs.count)
      precondition(outputs.allSatisfy { (0..<stride).contains($0) }, "outputs of the matrix")
      part.read { part in
        target.mutate { target in
          for input in 0..<inputs {
            for (index, output) in outputs.enumerated() {
              target[input * stride + output] += part[input * count + index]
            }
          }
        }
      }
    }
  }

  /// Adds the sum of `gradient` over all axes but the last to the entries `columns` of `target`.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func addPickedColumnSums<E: Scalar>(
    _ gradient: Tensor<E>, to target: inout Tensor<E>, columns: [Int]
  ) {
    precondition(columns.count == gradient.lastCount, "a place for each column")
    var sums = Tensor<E>(uninitialized: [.width], [columns.count])
    columnSums(gradient, into: &sums, keep: false)
    for (index, column) in columns.enumerated() { target[column] += sums[index] }
  }

  /// Sets every element to zero.
  @specialized(where E == Float)
  @specialized(where E == Double)
  public static func clear<E: Scalar>(_ x: inout Tensor<E>) {
    let count = x.count
    x.mutate { x in
      Workers.split(count, work: count, step: 16) { part in
        (x + part.lowerBound).update(repeating: 0, count: part.count)
      }
    }
  }
}
