import Tensors
import Transformers

/// The summands of a stream behind a head's query or key projection.
struct ProjectedParts {
  /// Where each summand comes from.
  private(set) var parts: [StreamPart]
  /// How many positions there are.
  let positionCount: Int
  /// The width of a query or key.
  let width: Int
  /// [part, position, headWidth].
  private var elements: [Double]

  /// Projects the summands at some positions.
  ///
  /// The projection's bias joins the summand of biases. A norm behind the projection (on queries or
  /// keys) divides every summand by what it divided the sum by.
  init(
    _ stream: StreamParts, positions: [Int], _ matrix: Tensor<Double>, _ bias: [Double]?,
    _ norm: NormValues?
  ) {
    var picked = StreamParts(positions: positions.count, width: matrix.shape[1])
    let all = Matrix(
      rows: stream.parts.count * stream.positionCount, columns: stream.width,
      stream.values.elements
    ).times(Matrix(rows: matrix.shape[0], columns: matrix.shape[1], matrix.elements)).elements
    let width = matrix.shape[1]
    for (index, part) in stream.parts.enumerated() {
      var rows: [Double] = []
      for position in positions {
        let start = (index * stream.positionCount + position) * width
        rows += all[start..<start + width]
      }
      picked.add(part, rows)
    }
    if let bias { picked.add(.bias, everywhere: bias) }
    if let norm { picked.normalise(norm) }
    parts = picked.parts
    positionCount = positions.count
    self.width = width
    elements = picked.values.elements
  }

  /// Adds what interventions made of the queries or keys, where they did.
  mutating func match(_ actual: AnyTensor) {
    var stream = StreamParts(positions: positionCount, width: width)
    let size = positionCount * width
    for (index, part) in parts.enumerated() {
      stream.add(part, Array(elements[index * size..<(index + 1) * size]))
    }
    stream.match(actual)
    parts = stream.parts
    elements = stream.values.elements
  }

  /// Turns every summand by its position.
  mutating func turn(_ rotary: RotaryDescription, at positions: [Int]) {
    var turned = Tensor<Double>(
      [.row, .position, .head, .headWidth], [parts.count, positionCount, 1, width], elements)
    Kernels.rotary(&turned, positions: parts.map { _ in positions }, rotary.table)
    elements = turned.elements
  }

  /// Scaled products of queries at one position with keys, [query part, key part, key].
  func products(with keys: ProjectedParts, scale: Double) -> [Double] {
    let queries = Matrix(
      rows: parts.count, columns: width, elements.map { $0 * scale })
    let other = Matrix(
      rows: keys.parts.count * keys.positionCount, columns: width, keys.elements)
    return queries.times(other, otherTransposed: true).elements
  }
}
