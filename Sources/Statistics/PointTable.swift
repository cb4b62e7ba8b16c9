import Tensors

/// Points as rows of vectors of eight numbers, the last filled up with zeros.
///
/// Distances are summed in the same order whatever the number of threads, and rows are cut into
/// blocks of a fixed length, so that results have the same bits on any number of threads.
struct PointTable: Sendable {
  typealias Lane = SIMD8<Float>

  /// How many rows a piece of work has.
  static let blockLength = 512

  let count: Int
  let width: Int
  /// Vectors per row.
  let stride: Int
  private(set) var lanes: [Lane]

  init(_ points: Tensor<Float>, what: String) throws(StatisticsError) {
    guard points.shape.count == 2, points.shape[1] > 0 else {
      throw .shape(what: what, expected: "[points, width]", found: points.shape)
    }
    self.init(count: points.shape[0], width: points.shape[1])
    let width = width
    var bad: Int?
    var largest: Float = 0
    points.withElements { elements in
      for row in 0..<count {
        for column in 0..<width {
          let value = elements[row * width + column]
          if !value.isFinite { bad = bad ?? row }
          largest = max(largest, abs(value))
          lanes[row * stride + column / 8][column % 8] = value
        }
      }
    }
    if let bad { throw .notFinite(row: bad) }
    if largest > 1e15 || largest < 1e-15 && largest > 0 { throw .scale(largest: Double(largest)) }
  }

  /// Points at the origin.
  init(count: Int, width: Int) {
    self.count = count
    self.width = width
    stride = (width + 7) / 8
    lanes = [Lane](repeating: .zero, count: count * stride)
  }

  /// The points as a matrix.
  func tensor(_ axes: [Axis]) -> Tensor<Float> {
    var elements: [Float] = []
    elements.reserveCapacity(count * width)
    for row in 0..<count {
      for column in 0..<width {
        elements.append(lanes[row * stride + column / 8][column % 8])
      }
    }
    return Tensor(axes, [count, width], elements)
  }

  /// Replaces a row by another table's row.
  mutating func set(_ row: Int, to other: Int, of table: PointTable) {
    for lane in 0..<stride {
      lanes[row * stride + lane] = table.lanes[other * stride + lane]
    }
  }

  /// Replaces a row by numbers, of which there are `width`.
  mutating func set(_ row: Int, to values: some Sequence<Double>) {
    for (column, value) in values.enumerated() {
      lanes[row * stride + column / 8][column % 8] = Float(value)
    }
  }

  /// Multiplies a row.
  mutating func scale(_ row: Int, by factor: Float) {
    for lane in 0..<stride { lanes[row * stride + lane] *= factor }
  }

  /// The squared distance between a row and another table's row.
  @inline(__always)
  func distance(_ row: Int, to other: Int, of table: PointTable) -> Float {
    var sum = Lane.zero
    for lane in 0..<stride {
      let difference = lanes[row * stride + lane] - table.lanes[other * stride + lane]
      sum += difference * difference
    }
    return sum.sum()
  }

  /// Calls `body` with blocks of rows on all threads; the answers in the order of the blocks.
  func mapBlocks<Answer: Sendable>(_ body: @Sendable (Range<Int>) -> Answer) -> [Answer] {
    let blocks = (count + Self.blockLength - 1) / Self.blockLength
    return Workers.map(blocks) { block in
      let start = block * Self.blockLength
      return body(start..<min(start + Self.blockLength, count))
    }
  }
}
