/// A dense matrix in float64, row-major: what decompositions and statistics compute with.
///
/// Tensors keep a model's numbers in its own precision; statistics are always formed in float64, and
/// convert once.
public struct Matrix: Sendable, Hashable {
  /// How many rows.
  public let rows: Int
  /// How many columns.
  public let columns: Int
  /// The numbers, row after row.
  public var elements: [Double]

  /// A matrix of `elements`, of which there must be `rows · columns`.
  public init(rows: Int, columns: Int, _ elements: [Double]) {
    precondition(elements.count == rows * columns, "the elements must fill the matrix")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// Zeros.
  public init(zeros rows: Int, _ columns: Int) {
    self.init(rows: rows, columns: columns, [Double](repeating: 0, count: rows * columns))
  }

  /// Rows of the same length.
  public init(_ rows: [[Double]]) {
    let columns = rows.first?.count ?? 0
    precondition(rows.allSatisfy { $0.count == columns }, "the rows must have one length")
    self.init(rows: rows.count, columns: columns, rows.flatMap { $0 })
  }

  /// Ones on the diagonal.
  public init(identity count: Int) {
    self.init(zeros: count, count)
    for place in 0..<count { elements[place * count + place] = 1 }
  }

  /// The numbers of a tensor with two axes.
  ///
  /// - Throws: `TensorError.rankMismatch` when it has another number of axes.
  public init<Element: Scalar>(_ tensor: Tensor<Element>) throws(TensorError) {
    guard tensor.shape.count == 2 else {
      throw .rankMismatch(operation: "a matrix", expected: 2, found: tensor.shape.count)
    }
    self.init(
      rows: tensor.shape[0], columns: tensor.shape[1],
      tensor.converted(to: Double.self).elements)
  }

  /// The same numbers as a tensor.
  public func tensor(_ rowAxis: Axis, _ columnAxis: Axis) -> Tensor<Double> {
    Tensor([rowAxis, columnAxis], [rows, columns], elements)
  }

  /// One number.
  public subscript(_ row: Int, _ column: Int) -> Double {
    get { elements[row * columns + column] }
    set { elements[row * columns + column] = newValue }
  }

  /// A row.
  public func row(_ row: Int) -> ArraySlice<Double> {
    elements[row * columns..<(row + 1) * columns]
  }

  /// A column.
  public func column(_ column: Int) -> [Double] {
    (0..<rows).map { elements[$0 * columns + column] }
  }
}
