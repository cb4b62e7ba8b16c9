import Tensors

/// The nearest points of each point, by Euclidean distance, found by comparing all pairs.
public struct NearestNeighbors: Sendable {
  /// How many neighbours each point has.
  public let count: Int
  private let places: [Int32]
  private let squares: [Double]

  /// Points whose distances to all are held at once.
  private static let blockLength = 256

  /// Finds the `count` nearest other points of each, the nearest first; fewer where there are fewer.
  ///
  /// - Throws: `StatisticsError` for fewer than two points, or numbers that are not finite.
  public init(_ points: Matrix, count: Int) throws(StatisticsError) {
    guard points.rows >= 2 else { throw .tooFew(what: "points", count: points.rows, least: 2) }
    if let row = points.firstRowNotFinite { throw .notFinite(row: row) }
    let number = min(max(count, 1), points.rows - 1)
    let centred = points.centred
    let sizes = (0..<points.rows).map { centred.row($0).reduce(0) { $0 + $1 * $1 } }
    var places: [Int32] = []
    var squares: [Double] = []
    for start in stride(from: 0, to: points.rows, by: Self.blockLength) {
      let rows = start..<min(start + Self.blockLength, points.rows)
      let products = centred.selecting(rows: Array(rows)).times(centred, otherTransposed: true)
      let found = Workers.map(rows.count) { offset in
        Self.least(number, products.row(offset), sizes, point: start + offset)
      }
      for nearest in found {
        places += nearest.map { Int32($0.place) }
        squares += nearest.map(\.square)
      }
    }
    self.count = number
    self.places = places
    self.squares = squares
  }

  /// The nearest points of a point.
  public func indices(of point: Int) -> [Int] {
    places[point * count..<(point + 1) * count].map(Int.init)
  }

  /// The squared distances to them.
  public func squaredDistances(of point: Int) -> ArraySlice<Double> {
    squares[point * count..<(point + 1) * count]
  }

  private static func least(
    _ number: Int, _ products: ArraySlice<Double>, _ sizes: [Double], point: Int
  ) -> [(square: Double, place: Int)] {
    // A heap with the farthest on top, of those kept so far.
    var heap: [(square: Double, place: Int)] = []
    heap.reserveCapacity(number)
    for (other, product) in products.enumerated() where other != point {
      let square = max(sizes[point] + sizes[other] - 2 * product, 0)
      if heap.count < number {
        heap.append((square, other))
        if heap.count == number { heap.sort { $0 > $1 } }
      } else if square < heap[0].square {
        heap[0] = (square, other)
        sink(&heap)
      }
    }
    return heap.sorted { $0 < $1 }
  }

  private static func sink(_ heap: inout [(square: Double, place: Int)]) {
    var parent = 0
    while true {
      var child = 2 * parent + 1
      if child >= heap.count { return }
      if child + 1 < heap.count, heap[child + 1] > heap[child] { child += 1 }
      if heap[child] <= heap[parent] { return }
      heap.swapAt(child, parent)
      parent = child
    }
  }
}
