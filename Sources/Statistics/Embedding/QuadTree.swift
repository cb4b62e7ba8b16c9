/// Points of a plane in squares within squares, with the centre and number of each square's points.
struct QuadTree: Sendable {
  private struct Node {
    var centreX = 0.0
    var centreY = 0.0
    var count = 0.0
    /// The first of four children, which lie side by side; 0 for none.
    var children: Int32 = 0
  }

  private var nodes: [Node] = []
  /// The squared side of the squares at each depth.
  private var squaredSides: [Double] = []
  private let middle: (x: Double, y: Double)
  private let side: Double

  /// Points that lie closer than any square of this depth stay together.
  private static let mostDepth = 48

  init(_ x: [Double], _ y: [Double]) {
    let (lowX, highX) = (x.min() ?? 0, x.max() ?? 0)
    let (lowY, highY) = (y.min() ?? 0, y.max() ?? 0)
    side = max(highX - lowX, highY - lowY) * (1 + 1e-9) + 1e-300
    middle = ((lowX + highX) / 2, (lowY + highY) / 2)
    var length = side
    for _ in 0...Self.mostDepth {
      squaredSides.append(length * length)
      length /= 2
    }
    nodes.reserveCapacity(4 * x.count)
    nodes.append(Node())
    for place in x.indices { insert(x[place], y[place]) }
  }

  private mutating func insert(_ x: Double, _ y: Double) {
    var (node, depth) = (0, 0)
    var (centreX, centreY, quarter) = (middle.x, middle.y, side / 4)
    while true {
      let old = nodes[node]
      let isLeaf = old.children == 0
      nodes[node].count += 1
      let weight = 1 / nodes[node].count
      nodes[node].centreX += (x - old.centreX) * weight
      nodes[node].centreY += (y - old.centreY) * weight
      if isLeaf {
        let isSame = old.centreX == x && old.centreY == y
        if old.count == 0 || isSame || depth >= Self.mostDepth { return }
        // What lay here goes one square deeper.
        nodes[node].children = Int32(nodes.count)
        for _ in 0..<4 { nodes.append(Node()) }
        let child = Int(nodes[node].children) + quadrant(old.centreX, old.centreY, centreX, centreY)
        nodes[child].centreX = old.centreX
        nodes[child].centreY = old.centreY
        nodes[child].count = old.count
      }
      let corner = quadrant(x, y, centreX, centreY)
      node = Int(nodes[node].children) + corner
      centreX += corner & 1 == 0 ? -quarter : quarter
      centreY += corner & 2 == 0 ? -quarter : quarter
      quarter /= 2
      depth += 1
    }
  }

  private func quadrant(_ x: Double, _ y: Double, _ centreX: Double, _ centreY: Double) -> Int {
    (x > centreX ? 1 : 0) | (y > centreY ? 2 : 0)
  }

  /// What pushes a point away from all others: Σ q² (y - y'), and Σ q, with q = 1 / (1 + distance²).
  ///
  /// A square whose side is less than `angle` times its distance counts as one point.
  func repulsion(
    _ x: Double, _ y: Double, angle: Double
  ) -> (x: Double, y: Double, sum: Double) {
    var (forceX, forceY, sum) = (0.0, 0.0, 0.0)
    let squaredAngle = angle * angle
    var stack: [(node: Int32, depth: Int32)] = [(0, 0)]
    while let (place, depth) = stack.popLast() {
      let node = nodes[Int(place)]
      if node.count == 0 { continue }
      let (differenceX, differenceY) = (x - node.centreX, y - node.centreY)
      let square = differenceX * differenceX + differenceY * differenceY
      if node.children == 0 || squaredSides[Int(depth)] < squaredAngle * square {
        let nearness = 1 / (1 + square)
        let weight = node.count * nearness
        sum += weight
        forceX += weight * nearness * differenceX
        forceY += weight * nearness * differenceY
      } else {
        for child in 0..<4 { stack.append((node.children + Int32(child), depth + 1)) }
      }
    }
    // The point itself was counted, at distance zero.
    return (forceX, forceY, sum - 1)
  }
}
