/// A directed graph whose edges carry up to a capacity, and the greatest flow between two nodes.
///
/// The flow is found level by level (Dinic 1970, Algorithm for solution of a problem of maximum flow
/// in networks with power estimation), which also ends for capacities that are no whole numbers: the
/// number of rounds is bounded by the number of nodes.
public struct FlowNetwork: Sendable {
  /// How many nodes there are; they are counted from zero.
  public let nodeCount: Int
  private var edges: [(from: Int, to: Int, capacity: Double)] = []

  /// A graph without edges.
  public init(nodeCount: Int) { self.nodeCount = max(nodeCount, 0) }

  /// How many edges there are.
  public var edgeCount: Int { edges.count }

  /// Adds an edge.
  ///
  /// One that ends outside of the graph, or whose capacity is not above zero, carries nothing and is
  /// left out; parallel edges carry their sum.
  public mutating func connect(_ from: Int, to: Int, capacity: Double) {
    guard capacity > 0, capacity.isFinite, (0..<nodeCount).contains(from),
      (0..<nodeCount).contains(to), from != to
    else { return }
    edges.append((from, to, capacity))
  }

  /// The graph made ready for many questions.
  public func prepared() -> PreparedNetwork { PreparedNetwork(nodeCount, edges) }

  /// The most that can flow from `source` to `target`; 0 where they are one node or not connected.
  public func maximumFlow(from source: Int, to target: Int) -> Double {
    var network = prepared()
    return network.maximumFlow(from: source, to: target)
  }
}

/// A graph in the order in which flows walk over it; each question starts from an empty graph.
public struct PreparedNetwork: Sendable {
  /// What is left of a capacity below this share of the greatest one counts as nothing.
  private static let tolerance = 1e-14

  private let nodeCount: Int
  /// Where the edges of each node begin; one more entry than there are nodes.
  private var starts: [Int]
  private var targets: [Int]
  /// The place of each edge's way back.
  private var twins: [Int]
  private let capacities: [Double]
  private let least: Double
  private var left: [Double]
  private var levels: [Int]
  private var current: [Int]

  fileprivate init(_ nodeCount: Int, _ edges: [(from: Int, to: Int, capacity: Double)]) {
    self.nodeCount = nodeCount
    starts = Array(repeating: 0, count: nodeCount + 1)
    for edge in edges {
      starts[edge.from + 1] += 1
      starts[edge.to + 1] += 1
    }
    for node in 0..<nodeCount { starts[node + 1] += starts[node] }
    var next = starts
    targets = Array(repeating: 0, count: 2 * edges.count)
    twins = targets
    var capacities = Array(repeating: 0.0, count: 2 * edges.count)
    for edge in edges {
      let (there, back) = (next[edge.from], next[edge.to])
      next[edge.from] += 1
      next[edge.to] += 1
      targets[there] = edge.to
      targets[back] = edge.from
      twins[there] = back
      twins[back] = there
      capacities[there] = edge.capacity
    }
    self.capacities = capacities
    least = (capacities.max() ?? 0) * Self.tolerance
    left = capacities
    levels = Array(repeating: -1, count: nodeCount)
    current = starts
  }

  /// The most that can flow from `source` to `target`; 0 where they are one node or not connected.
  public mutating func maximumFlow(from source: Int, to target: Int) -> Double {
    guard source != target, (0..<nodeCount).contains(source), (0..<nodeCount).contains(target)
    else { return 0 }
    left = capacities
    var flow = 0.0
    while findLevels(from: source, to: target) {
      current = starts
      while let amount = push(from: source, to: target) { flow += amount }
    }
    return flow
  }

  /// Numbers the nodes by their distance over edges that still carry something; false when the target
  /// cannot be reached any more.
  private mutating func findLevels(from source: Int, to target: Int) -> Bool {
    for node in 0..<nodeCount { levels[node] = -1 }
    levels[source] = 0
    var queue = [source]
    var place = 0
    while place < queue.count {
      let node = queue[place]
      place += 1
      for edge in starts[node]..<starts[node + 1]
      where left[edge] > least && levels[targets[edge]] < 0 {
        levels[targets[edge]] = levels[node] + 1
        queue.append(targets[edge])
      }
    }
    return levels[target] >= 0
  }

  /// Fills one path of the levels to its narrowest edge; nil when there is none left.
  private mutating func push(from source: Int, to target: Int) -> Double? {
    var path: [Int] = []
    var node = source
    while node != target {
      if let edge = nextEdge(of: node) {
        path.append(edge)
        node = targets[edge]
      } else {
        // A dead end: go back, and never come here again.
        guard let last = path.popLast() else { return nil }
        node = targets[twins[last]]
        current[node] += 1
      }
    }
    var amount = Double.infinity
    for edge in path { amount = min(amount, left[edge]) }
    for edge in path {
      left[edge] -= amount
      left[twins[edge]] += amount
    }
    return amount
  }

  private mutating func nextEdge(of node: Int) -> Int? {
    while current[node] < starts[node + 1] {
      let edge = current[node]
      if left[edge] > least && levels[targets[edge]] == levels[node] + 1 { return edge }
      current[node] += 1
    }
    return nil
  }
}
